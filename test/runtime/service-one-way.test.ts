import { beforeEach, expect, it, onTestFinished } from "vitest";
import {
  ArgumentException,
  type AsyncCompletedEventArgs,
  ChannelFactory,
  CommunicationException,
  DuplexChannelFactory,
  EndpointNotFoundException,
  type EventHandler,
  type IAsyncResult,
  InvalidOperationException,
  onUnhandledException,
  OperationContext,
  restartVirtualClock,
  ServiceHost,
  Task,
  Thread,
} from "../../fixtures/runtime/index.ts";
import { asService } from "../harness/decorate.ts";

/** One-way operations, in both directions: nothing comes back, but sending may fail. And what tasks needed for services. */

const ADDRESS = "test:one-way";

beforeEach(() => restartVirtualClock());

interface Notes {
  Note(text: string): void;
  BeginNote(text: string): IAsyncResult;
  EndNote(result: IAsyncResult): void;
  NoteAsync(text: string): void;
  add_NoteCompleted(handler: EventHandler<AsyncCompletedEventArgs>): void;
  NoteTaskAsync(text: string): Task;
}

const noted: string[] = [];

class NoteService {
  Note(text: string): void {
    noted.push(text);
    if (text === "error") throw new Error("lost");
  }
}
asService(NoteService, { Note: { IsOneWay: true } });

function open(service: object = NoteService): ServiceHost {
  noted.length = 0;
  const host = new ServiceHost(service, ADDRESS);
  host.Open();
  onTestFinished(() => host.Close());
  return host;
}

const MODELS: Readonly<Record<string, (client: Notes, text: string) => unknown>> = {
  blocking: (client, text) => client.Note(text),
  begin: (client, text) => client.EndNote(client.BeginNote(text)),
  task: (client, text) => client.NoteTaskAsync(text),
  events: (client, text) =>
    new Promise((resolve, reject) => {
      client.add_NoteCompleted((_sender, e) => (e.Error === null ? resolve(undefined) : reject(e.Error)));
      client.NoteAsync(text);
    }),
};

it.each(Object.entries(MODELS))(
  "tells neither a value nor an error (%s), but whether it could be sent",
  async (_, send) => {
    const host = open();
    const client = new ChannelFactory<Notes>(NoteService, ADDRESS).CreateChannel();
    expect(await send(client, "error")).toBeUndefined();
    Thread.Sleep(0);
    expect(noted).toEqual(["error"]);
    host.Close();
    await expect((async () => send(client, "late"))()).rejects.toThrow(new EndpointNotFoundException(ADDRESS));
    expect(noted).toEqual(["error"]);
  },
);

it("lets the sender go on before the service begins", () => {
  open();
  new ChannelFactory<Notes>(NoteService, ADDRESS).CreateChannel().Note("text");
  expect(noted).toEqual([]);
  Thread.Sleep(0);
  expect(noted).toEqual(["text"]);
});

it("ends the program if a one-way operation returns a value", () => {
  const errors: unknown[] = [];
  onTestFinished(onUnhandledException((error) => void errors.push(error)));
  class Returning {
    Note(text: string): string {
      return text;
    }
  }
  open(asService(Returning, { Note: { IsOneWay: true } }));
  new ChannelFactory<Notes>(Returning, ADDRESS).CreateChannel().Note("text");
  Thread.Sleep(0);
  expect(errors).toEqual([new InvalidOperationException("The operation Note is one-way, but it returned a value.")]);
});

it("calls the client back as long as its channel is open", () => {
  const failures: unknown[] = [];
  class Caller {
    #client: Notes | undefined;

    Call(text: string): void {
      this.#client ??= OperationContext.Current!.GetCallbackChannel<Notes>();
      try {
        this.#client.Note(text);
      } catch (error) {
        failures.push(error);
      }
    }
  }
  asService(Caller, { Call: { IsOneWay: true } }, { CallbackContract: NoteService });
  open(new Caller());
  const factory = new DuplexChannelFactory<{ Call(text: string): void }>(new NoteService(), Caller, ADDRESS);
  const client = factory.CreateChannel();
  client.Call("hello");
  // The callback fails, and the service does not hear of it.
  client.Call("error");
  Thread.Sleep(0);
  expect(noted).toEqual(["hello", "error"]);
  client.Call("late");
  client.Close();
  Thread.Sleep(0);
  expect(noted).toEqual(["hello", "error"]);
  expect(failures).toEqual([new CommunicationException("The client has closed its channel.")]);
  expect(OperationContext.Current).toBeNull();
});

it("calls back only where the contract and the client say so", () => {
  const failures: unknown[] = [];
  class Caller {
    Call(): void {
      try {
        OperationContext.Current!.GetCallbackChannel();
      } catch (error) {
        failures.push(error);
      }
    }
  }
  open(asService(Caller, { Call: {} }));
  new ChannelFactory<{ Call(): void }>(Caller, ADDRESS).CreateChannel().Call();
  expect(failures).toEqual([expect.any(InvalidOperationException)]);
  expect(() => new DuplexChannelFactory(new NoteService(), Caller, ADDRESS)).toThrow(ArgumentException);
});

it("gives the task that work on a task returns, and Unwrap what becomes of it", async () => {
  const inner = Task.Delay(5).GetAwaiter();
  const outer = Task.Factory.StartNew(() => Task.Run(() => "value"));
  expect(outer.IsCompleted).toBe(true);
  expect(outer.Result).toBeInstanceOf(Task);
  expect(outer.Unwrap().Result).toBe("value");
  expect(await outer).toBe("value");
  const failing = Task.Factory.StartNew((): Task => {
    throw new Error("lost");
  });
  expect(() => failing.Unwrap().GetAwaiter().GetResult()).toThrow("lost");
  const failed = Task.Factory.StartNew(() => Task.FromException(new Error("inner")));
  expect(() => failed.Unwrap().GetAwaiter().GetResult()).toThrow("inner");
  let isCalled = false;
  inner.OnCompleted(() => {
    isCalled = true;
  });
  expect(isCalled).toBe(false);
  Thread.Sleep(5);
  expect(isCalled).toBe(true);
});
