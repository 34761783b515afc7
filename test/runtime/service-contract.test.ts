import { expect, it } from "vitest";
import {
  AddressAlreadyInUseException,
  type AsyncCallback,
  ByReference,
  describeContract,
  type IAsyncResult,
  InvalidOperationException,
  OperationContract,
  type Out,
  type Ref,
  ServiceHost,
  Task,
} from "../../fixtures/runtime/index.ts";
import { asService } from "../harness/decorate.ts";

/** Which operations a contract has, and which contracts no host takes. */

const never = (): never => {
  throw new Error("not called");
};

it("gives one operation for the versions of it, and the host calls the task, else the synchronous method, else the pair", () => {
  class Service {
    All(_a: number): void {}
    BeginAll(_a: number, _callback: AsyncCallback, _state: unknown): IAsyncResult {
      return never();
    }
    EndAll(_result: IAsyncResult): void {}
    AllAsync(_a: number): Task {
      return never();
    }
    Both(_a: number, _b = ",) ("): void {}
    BeginBoth(_a: number, _b: string, _callback: AsyncCallback, _state: unknown): IAsyncResult {
      return never();
    }
    EndBoth(_result: IAsyncResult): void {}
    BeginPair(_data: string, _inout: Ref<string>, _callback: AsyncCallback, _state: unknown): IAsyncResult {
      return never();
    }
    EndPair(_inout: Ref<string>, _outonly: Out<string>, _result: IAsyncResult): number {
      return never();
    }
    OnlyTaskAsync(_text: string, /* , */ ..._rest: string[]): Task {
      return never();
    }
    Unmarked(): void {}
  }
  const pattern = { AsyncPattern: true };
  asService(Service, {
    All: {},
    BeginAll: pattern,
    AllAsync: {},
    Both: {},
    BeginBoth: pattern,
    BeginPair: pattern,
    OnlyTaskAsync: {},
  });
  const { name, operations } = describeContract(Service);
  expect(name).toBe("Service");
  expect([...operations.values()]).toEqual([
    {
      name: "All",
      isOneWay: false,
      kind: "task",
      method: "AllAsync",
      parameters: ["_a"],
      inputs: ["_a"],
      outputs: undefined,
    },
    {
      name: "Both",
      isOneWay: false,
      kind: "sync",
      method: "Both",
      parameters: ["_a", "_b"],
      inputs: ["_a", "_b"],
      outputs: [],
    },
    {
      name: "Pair",
      isOneWay: false,
      kind: "beginEnd",
      method: "BeginPair",
      parameters: ["_data", "_inout", "_outonly"],
      inputs: ["_data", "_inout"],
      outputs: ["_inout", "_outonly"],
    },
    {
      name: "Only",
      isOneWay: false,
      kind: "task",
      method: "OnlyTaskAsync",
      parameters: ["_text", "_rest"],
      inputs: ["_text", "_rest"],
      outputs: undefined,
    },
  ]);
});

it("knows names that are given, and what is inherited and replaced", () => {
  class Contract {
    First(): void {}
    Second(): void {}
  }
  asService(Contract, { First: {}, Second: { Name: "2nd", IsOneWay: true } });
  class Service extends Contract {
    override Second(): void {}
  }
  const operations = describeContract(Service).operations;
  expect([...operations].map(([name, { method, isOneWay }]) => [name, method, isOneWay])).toEqual([
    ["First", "First", false],
    ["2nd", "Second", true],
  ]);
});

const begin = (_callback: unknown, _state: unknown): null => null;
const end = (_result: unknown): void => {};

it.each<
  [fault: string, methods: Readonly<Record<string, (...args: never[]) => unknown>>, marks: object, message: string]
>([
  ["no operation", { Add: end }, {}, "has no operations"],
  ["no End", { BeginAdd: begin }, { BeginAdd: { AsyncPattern: true } }, "has no method EndAdd"],
  [
    "no callback",
    { BeginAdd: end, EndAdd: end },
    { BeginAdd: { AsyncPattern: true } },
    "last two parameters of BeginAdd",
  ],
  [
    "no handle",
    { BeginAdd: begin, EndAdd: () => {} },
    { BeginAdd: { AsyncPattern: true } },
    "last parameter of EndAdd",
  ],
  ["the pattern on End", { BeginAdd: begin, EndAdd: end }, { EndAdd: { AsyncPattern: true } }, "must start with Begin"],
  ["two of a name", { Add: end, Sum: end }, { Add: {}, Sum: { Name: "Add" } }, "methods Add and Sum violate this rule"],
  [
    "two tasks",
    { AddAsync: end, AddTaskAsync: end },
    { AddAsync: {}, AddTaskAsync: {} },
    "methods AddAsync and AddTaskAsync",
  ],
  [
    "other parameters",
    { Add: end, AddAsync: begin },
    { Add: {}, AddAsync: {} },
    "differ in the number of their parameters",
  ],
  [
    "other values to give",
    { Add: () => {}, BeginAdd: begin, EndAdd: (_out: unknown, _result: unknown) => {} },
    { Add: {}, BeginAdd: { AsyncPattern: true } },
    "differ in the number of their values to give",
  ],
  [
    "one-way with an out parameter",
    { BeginAdd: begin, EndAdd: (_out: unknown, _result: unknown) => {} },
    { BeginAdd: { AsyncPattern: true, IsOneWay: true } },
    "is one-way, so BeginAdd can have no ref or out parameters",
  ],
])("refuses a contract with %s", (_, methods, marks, message) => {
  const Service = class {
    readonly kind = "faulty";
  };
  Object.assign(Service.prototype, methods);
  asService(Service as new () => object, marks);
  const open = (): ServiceHost => new ServiceHost(Service, "test:faulty");
  expect(open).toThrow(InvalidOperationException);
  expect(open).toThrow(message);
});

it("refuses what is no contract, and operations that no client could call", () => {
  class Plain {
    Add(): void {}
  }
  expect(() => new ServiceHost(Plain, "test:plain")).toThrow("Plain, but that type is not a ServiceContract");
  const context = { kind: "method", name: "Add", static: false, private: false } as ClassMethodDecoratorContext;
  for (const fault of [{ static: true }, { private: true }, { name: Symbol("Add") }]) {
    expect(() => OperationContract()(end, { ...context, ...fault } as ClassMethodDecoratorContext)).toThrow(
      InvalidOperationException,
    );
  }
});

it("takes the passing of parameters from the attribute", () => {
  class Service {
    DoWork(_outonly: Out<string>, _inout: Ref<string>, _data: string): void {}
  }
  asService(Service, { DoWork: {} });
  const context = {} as ClassMethodDecoratorContext;
  ByReference({ _inout: "ref", _outonly: "out" })(Service.prototype.DoWork, context);
  expect(describeContract(Service).operations.get("DoWork")).toMatchObject({
    inputs: ["_inout", "_data"],
    outputs: ["_outonly", "_inout"],
  });
});

it("opens one host at an address, until it is closed", () => {
  class Service {
    Ping(): void {}
  }
  asService(Service, { Ping: {} });
  const first = new ServiceHost(Service, "test:one");
  const second = new ServiceHost(Service, "test:one");
  first.Open();
  expect(() => second.Open()).toThrow(AddressAlreadyInUseException);
  expect(() => first.Open()).toThrow(InvalidOperationException);
  second.Close();
  first.Close();
  expect(first.State).toBe("Closed");
  const third = new ServiceHost(Service, "test:one");
  third.Open();
  third.Close();
});
