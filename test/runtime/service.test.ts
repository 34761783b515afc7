import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  type AsyncCallback,
  type AsyncCompletedEventArgs,
  ByReference,
  ChannelFactory,
  type ClientChannel,
  DeadlockError,
  type EventHandler,
  Exception,
  FaultException,
  type IAsyncResult,
  ManualResetEvent,
  onUnhandledException,
  Out,
  Ref,
  restartVirtualClock,
  type Script,
  ScriptedChannel,
  ServiceHost,
  Task,
  Thread,
} from "../../fixtures/runtime/index.ts";
import { asService } from "../harness/decorate.ts";

/** One operation, however a service implements it and a client calls it. */

const ADDRESS = "test:service";

beforeEach(() => restartVirtualClock());

interface DoWorkResponse {
  readonly result: number;
  readonly inout: string;
  readonly outonly: string;
}

interface Client {
  DoWork(data: string, inout: Ref<string>, outonly: Out<string>): number;
  BeginDoWork(data: string, inout: Ref<string>, callback?: AsyncCallback | null, state?: unknown): IAsyncResult;
  EndDoWork(inout: Ref<string>, outonly: Out<string>, result: IAsyncResult): number;
  DoWorkAsync(data: string, inout: string, userState?: unknown): void;
  add_DoWorkCompleted(
    handler: EventHandler<AsyncCompletedEventArgs & { Result: number; inout: string; outonly: string }>,
  ): void;
  DoWorkTaskAsync(data: string, inout: string): Task<DoWorkResponse>;
}

/** What every implementation does: it fails as `fail` says, and else gives three values. */
function work(data: string, inout: string): DoWorkResponse {
  if (data === "fault") throw new FaultException("as asked");
  if (data === "error") throw new Exception("a secret");
  return { result: data.length, inout: `${inout}+${data}`, outonly: data.toUpperCase() };
}

class Synchronous {
  DoWork(data: string, inout: Ref<string>, outonly: Out<string>): number {
    const { result, ...outputs } = work(data, inout.Value);
    inout.Value = outputs.inout;
    outonly.Value = outputs.outonly;
    return result;
  }
}
asService(Synchronous, { DoWork: {} });
ByReference({ inout: "ref", outonly: "out" })(Synchronous.prototype.DoWork, {} as ClassMethodDecoratorContext);

class Pair {
  protected step: NonNullable<Script["Query"]>[number] = { delay: 5 };
  #channel!: ScriptedChannel;
  #inputs: [data: string, inout: string] = ["", ""];

  BeginDoWork(data: string, inout: Ref<string>, callback: AsyncCallback, state: unknown): IAsyncResult {
    this.#channel = new ScriptedChannel({ Query: [this.step] });
    this.#inputs = [data, inout.Value];
    return this.#channel.BeginQuery(callback, state);
  }

  EndDoWork(inout: Ref<string>, outonly: Out<string>, result: IAsyncResult): number {
    this.#channel.EndQuery(result);
    const response = work(...this.#inputs);
    inout.Value = response.inout;
    outonly.Value = response.outonly;
    return response.result;
  }
}
asService(Pair, { BeginDoWork: { AsyncPattern: true } });

class CompletedPair extends Pair {
  protected override step = { completesSynchronously: true };
}

class TaskBased {
  DoWorkTaskAsync(data: string, inout: string): Task<DoWorkResponse> {
    return Task.Factory.StartNew(() => work(data, inout));
  }
}
asService(TaskBased, { DoWorkTaskAsync: {} });

class Async {
  async DoWorkAsync(data: string, inout: string): Promise<DoWorkResponse> {
    await null;
    return work(data, inout);
  }
}
asService(Async, { DoWorkAsync: {} });

function open(service: new () => object): Client & ClientChannel {
  const host = new ServiceHost(service, ADDRESS);
  host.Open();
  onTestFinished(() => host.Close());
  return new ChannelFactory<Client>(service, ADDRESS).CreateChannel();
}

type Model = (client: Client, data: string) => DoWorkResponse | Promise<DoWorkResponse>;

const blocking: Model = (client, data) => {
  const [inout, outonly] = [new Ref("in"), new Out<string>()];
  return { result: client.DoWork(data, inout, outonly), inout: inout.Value, outonly: outonly.Value };
};

const ending = (client: Client, ar: IAsyncResult): DoWorkResponse => {
  const [inout, outonly] = [new Ref(""), new Out<string>()];
  return { result: client.EndDoWork(inout, outonly, ar), inout: inout.Value, outonly: outonly.Value };
};

const endingAtOnce: Model = (client, data) => ending(client, client.BeginDoWork(data, new Ref("in")));

const callingBack: Model = (client, data) =>
  new Promise((resolve, reject) => {
    const callback = (ar: IAsyncResult): void => {
      try {
        resolve(ending(client, ar));
      } catch (error) {
        reject(error);
      }
    };
    client.BeginDoWork(data, new Ref("in"), callback, null);
  });

const events: Model = (client, data) =>
  new Promise((resolve, reject) => {
    client.add_DoWorkCompleted((sender, e) => {
      expect([sender, e.UserState]).toEqual([client, "state"]);
      if (e.Error !== null) reject(e.Error);
      else resolve({ result: e.Result, inout: e.inout, outonly: e.outonly });
    });
    client.DoWorkAsync(data, "in", "state");
  });

const task: Model = (client, data) => client.DoWorkTaskAsync(data, "in");
const waiting: Model = (client, data) => client.DoWorkTaskAsync(data, "in").GetAwaiter().GetResult();

const SERVICES = { Synchronous, Pair, CompletedPair, TaskBased };
const MODELS = { blocking, endingAtOnce, callingBack, events, task, waiting };
const AWAITED = { callingBack, events, task };

const COMBINATIONS = [
  ...Object.values(SERVICES).flatMap((service) =>
    Object.entries(MODELS).map((model) => [service.name, service, ...model] as const),
  ),
  ...Object.entries(AWAITED).map((model) => ["Async", Async, ...model] as const),
];

describe.each(COMBINATIONS)("%s", (_, service, __, model) => {
  it(`gives its values when called by ${model.name || "a model"}`, async () => {
    expect(await model(open(service), "data")).toEqual({ result: 4, inout: "in+data", outonly: "DATA" });
  });

  it("tells its fault, and of another error only that there was one", async () => {
    const client = open(service);
    const failure = async (data: string): Promise<unknown> => {
      try {
        return await model(client, data);
      } catch (error) {
        return error;
      }
    };
    expect(await failure("fault")).toEqual(new FaultException("as asked"));
    const error = (await failure("error")) as FaultException;
    expect(error).toBeInstanceOf(FaultException);
    expect(error.Message).toMatch(/^The server was unable to process the request due to an internal error\./u);
  });
});

it("cannot block on an operation that an async function implements", () => {
  expect(() => blocking(open(Async), "data")).toThrow(DeadlockError);
});

it("cannot serve what waits for ever, and no client hears of it", () => {
  const ends: unknown[] = [];
  onTestFinished(onUnhandledException((error) => void ends.push(error)));
  class Waiting {
    DoWork(): void {
      new ManualResetEvent(false).WaitOne();
    }
  }
  const client = open(asService(Waiting, { DoWork: {} }));
  expect(client.BeginDoWork("", new Ref("")).AsyncWaitHandle.WaitOne(5)).toBe(false);
  expect(ends).toEqual([expect.any(DeadlockError)]);
});

it.each<[fault: string, beginDoWork: Pair["BeginDoWork"], message: string]>([
  [
    "another state",
    (_, __, callback) => new ScriptedChannel({ Query: [{}] }).BeginQuery(callback, "mine"),
    "must have as AsyncState",
  ],
  [
    "two callbacks",
    (_, __, callback, state) => {
      const twice = (ar: IAsyncResult): void => [1, 2].forEach(() => callback(ar));
      return new ScriptedChannel({ Query: [{}] }).BeginQuery(twice, state);
    },
    "was called twice",
  ],
])("notices a Begin with %s", (_, beginDoWork, message) => {
  const errors: unknown[] = [];
  onTestFinished(onUnhandledException((error) => void errors.push(error)));
  class Faulty extends Pair {
    override BeginDoWork(data: string, inout: Ref<string>, callback: AsyncCallback, state: unknown): IAsyncResult {
      return beginDoWork(data, inout, callback, state);
    }
  }
  open(Faulty).BeginDoWork("data", new Ref("in"));
  Thread.Sleep(5);
  expect(errors.map(String)).toEqual([expect.stringContaining(message)]);
});

it("makes a fault of a Begin that returns no handle", () => {
  class Faulty extends Pair {
    override BeginDoWork(_data: string, _inout: Ref<string>, _callback: AsyncCallback, _state: unknown): IAsyncResult {
      return null as unknown as IAsyncResult;
    }
  }
  expect(() => blocking(open(Faulty), "data")).toThrow(FaultException);
});

it("sends copies: what the caller changes later does not arrive", () => {
  const taken: unknown[] = [];
  class Taking {
    Take(list: unknown): void {
      taken.push(list);
    }
  }
  const host = new ServiceHost(asService(Taking, { Take: {} }), ADDRESS);
  host.Open();
  onTestFinished(() => host.Close());
  const client = new ChannelFactory<{ BeginTake(list: unknown): IAsyncResult; EndTake(result: IAsyncResult): void }>(
    Taking,
    ADDRESS,
  ).CreateChannel();
  const list = [1];
  const ar = client.BeginTake(list);
  list.push(2);
  client.EndTake(ar);
  expect(taken).toEqual([[1]]);
  expect(() => client.BeginTake(() => {})).toThrow("There was an error while trying to serialize");
  client.Close();
  expect(() => client.BeginTake(list)).toThrow("Cannot access a disposed object. Object name: 'ClientChannel'.");
});
