import rule from "../../rules/valid-operation-contract.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const tester = ruleTester();

tester.run("valid-operation-contract: Begin and End", rule, {
  valid: [
    {
      filename: "service.d.ts",
      code: `declare class Service {
  BeginAdd(a: number, callback: AsyncCallback, state: unknown): IAsyncResult;
  EndAdd(result: IAsyncResult): number;
}`,
    },
    `interface Calculator {
  BeginAdd(a: number, b: number, callback: AsyncCallback, state: unknown): IAsyncResult;
  EndAdd(result: IAsyncResult): number;
}`,
    // Values that the End fills in come before the handle.
    `class Service {
  @OperationContract({ AsyncPattern: true })
  BeginDoWork(data: string, inout: Ref<string>, callback: AsyncCallback, state: object): IAsyncResult {
    return this.start(data, inout, callback, state);
  }
  EndDoWork(inout: Ref<string>, outonly: Out<string>, result: IAsyncResult): number {
    return this.finish(result);
  }
}`,
    // The other half may be inherited.
    `interface FastStream extends Stream {
  BeginRead(buffer: Uint8Array, callback: AsyncCallback, state: unknown): IAsyncResult;
}`,
    `class FastStream extends Stream {
  BeginRead(buffer: Uint8Array, callback: AsyncCallback, state: unknown): IAsyncResult {
    return super.BeginRead(buffer, callback, state);
  }
}`,
    // An End that is a field.
    `class Reader {
  BeginRead(callback: AsyncCallback, state: unknown): IAsyncResult {
    return this.start(callback, state);
  }
  EndRead = (result: IAsyncResult): number => this.finish(result);
}`,
    // Overloads of one pair, one of them without a callback.
    `declare class PowerShell {
  BeginInvoke(): IAsyncResult;
  BeginInvoke(input: Input, settings: Settings, callback: AsyncCallback, state: unknown): IAsyncResult;
  EndInvoke(result: IAsyncResult): Output;
}`,
    // Names alone say nothing.
    "interface Model { beginUpdate(): void; }",
    "class Table { beginEdits(name: string): number { return 1; } endEdits(a: number, b: number): void {} }",
    "interface LongRunning { beginCreate(options: Options): Promise<Poller>; }",
    "class Panel { BeginHorizontal(style: Style, options: Options): void {} EndHorizontal(): void {} }",
    "interface Ui { BeginInvoke(method: Delegate): DispatcherOperation; }",
    // IAsyncResult, of something else.
    "interface Handlers { onResult(result: IAsyncResult): void; end(callback: AsyncCallback): void; }",
  ],
  invalid: [
    // In declaration files as well, which no migration touches.
    {
      filename: "service.d.ts",
      code: `declare class Service {
  BeginAdd(a: number, callback: AsyncCallback, state: unknown): IAsyncResult;
}`,
      errors: [
        {
          messageId: "endMissing",
          data: { member: "BeginAdd", other: "EndAdd" },
          line: 2,
          column: 3,
          endLine: 2,
          endColumn: 11,
        },
      ],
    },
    located(
      `interface Calculator {
  ⟦BeginAdd⟧(a: number, b: number, callback: AsyncCallback, state: unknown): IAsyncResult;
}`,
      [{ messageId: "endMissing", data: { member: "BeginAdd", other: "EndAdd" } }],
    ),
    located(
      `export abstract class Reader {
  abstract ⟦beginRead⟧(callback: System.AsyncCallback, state: any): CS.System.IAsyncResult;
  abstract endread(result: CS.System.IAsyncResult): number;
}`,
      [{ messageId: "endMissing", data: { member: "beginRead", other: "endRead" } }],
    ),
    // A contract is complete by itself, whatever it derives from.
    located(
      `class Service extends Base {
  @OperationContract({ AsyncPattern: true })
  ⟦BeginAdd⟧(a: number, callback: AsyncCallback, state: object): IAsyncResult {
    return this.start(a, callback, state);
  }
}`,
      [{ messageId: "endMissing", data: { member: "BeginAdd", other: "EndAdd" } }],
    ),
    located(
      `class Service {
  @operationContract({ asyncPattern: true })
  ⟦beginAdd⟧(a: number, callback: AsyncCallback, state: object): IAsyncResult { return this.start(a, callback, state); }
  endAdd(result: IAsyncResult): number { return this.finish(result); }
  endAdd(rest: Out<number>, result: IAsyncResult): number { return this.finish(result, rest); }
}`,
      [{ messageId: "endsSeveral", data: { member: "beginAdd", other: "endAdd" } }],
    ),
    located(
      `interface Calculator {
  ⟦BeginAdd⟧(callback: AsyncCallback, a: number, b: number, state: unknown): IAsyncResult;
  ⟦EndAdd⟧(result: IAsyncResult, carry: Out<number>): number;
}`,
      [
        { messageId: "beginParameters", data: { member: "BeginAdd" } },
        { messageId: "endParameters", data: { member: "EndAdd", other: "BeginAdd" } },
      ],
    ),
    located(
      `class Service {
  @OperationContract({ AsyncPattern: true })
  ⟦BeginPing⟧(state: object): IAsyncResult {
    return this.start(state);
  }
  ⟦EndPing⟧(): void {}
}`,
      [
        { messageId: "beginParameters", data: { member: "BeginPing" } },
        { messageId: "endParameters", data: { member: "EndPing", other: "BeginPing" } },
      ],
    ),
  ],
});

tester.run("valid-operation-contract: marks", rule, {
  valid: [
    `class Service {
  @OperationContract()
  Add(a: number, b: number): number {
    return a + b;
  }
  @OperationContract({ AsyncPattern: true })
  BeginAdd(a: number, b: number, callback: AsyncCallback, state: object): IAsyncResult {
    return this.start(a, b, callback, state);
  }
  EndAdd(result: IAsyncResult): number {
    return this.finish(result);
  }
  @OperationContract()
  AddAsync(a: number, b: number): Task<number> {
    return this.run(a, b);
  }
}`,
    // What is not declared, or not plain, cannot disagree.
    `class Service {
  @OperationContract()
  Add(a, b) {
    return a + b;
  }
  @OperationContract()
  AddAsync({ a, b }: Sum, c: number): Promise<number> {
    return this.run(a, b, c);
  }
}`,
    // An End with further values gives them in its own way.
    `class Service {
  @OperationContract({ AsyncPattern: true })
  BeginSplit(text: string, callback: AsyncCallback, state: object): IAsyncResult {
    return this.start(text, callback, state);
  }
  EndSplit(rest: Out<string>, result: IAsyncResult): string {
    return this.finish(result, rest);
  }
  @OperationContract()
  SplitAsync(text: string): Promise<{ result: string; rest: string }> {
    return this.run(text);
  }
}`,
    `class Service {
  @OperationContract({ IsOneWay: true })
  Notify(text: string): void {}
  @OperationContract({ IsOneWay: true })
  async NotifyLater(text: string): Promise<void> {}
}`,
    `class Service {
  @OperationContract({ Name: "Sum" })
  Add(a: number, b: number): number { return a + b; }
  @OperationContract({ Name: "SumAll" })
  AddAll(values: number[]): number { return 0; }
}`,
    // Another decorator.
    "class Service { @Input({ asyncPattern: true }) text: string; @Get() load(): number { return 1; } }",
    { code: "class Service { @Operation({ AsyncPattern: true }) Add(): void {} }" },
  ],
  invalid: [
    located(
      `class Service {
  @OperationContract({ AsyncPattern: true })
  BeginAdd(a: number, callback: AsyncCallback, state: object): IAsyncResult { return this.start(a, callback, state); }
  @OperationContract({ ⟦AsyncPattern: true⟧ })
  EndAdd(result: IAsyncResult): number { return this.finish(result); }
}`,
      [{ messageId: "patternOnEnd", data: { member: "EndAdd", other: "BeginAdd" } }],
    ),
    located(
      "class Service { @ServiceModel.OperationContract({ ⟦asyncPattern: true⟧ }) Add(a: number): number { return a; } }",
      [{ messageId: "patternWithoutBegin", data: { member: "Add" } }],
    ),
    located(
      `class Service {
  ⟦@OperationContract()⟧
  BeginAdd(a: number, callback: AsyncCallback, state: object): IAsyncResult { return this.start(a, callback, state); }
  EndAdd(result: IAsyncResult): number { return this.finish(result); }
}`,
      [{ messageId: "patternMissing", data: { member: "BeginAdd", other: "EndAdd" } }],
    ),
    located(
      `class Service {
  @OperationContract()
  Add(a: number, b: number): number { return a + b; }
  @OperationContract({ AsyncPattern: true })
  ⟦BeginAdd⟧(a: number, callback: AsyncCallback, state: object): IAsyncResult { return this.start(a, callback, state); }
  EndAdd(result: IAsyncResult): number { return this.finish(result); }
  @OperationContract()
  ⟦AddTaskAsync⟧(a: number, b: string): Task<number> { return this.run(a, b); }
}`,
      [
        { messageId: "inputsDisagree", data: { member: "BeginAdd", other: "Add" } },
        { messageId: "inputsDisagree", data: { member: "AddTaskAsync", other: "Add" } },
      ],
    ),
    located(
      `class Service {
  @OperationContract()
  Add(a: number): number { return a; }
  @OperationContract({ AsyncPattern: true })
  ⟦BeginAdd⟧(a: number, callback: AsyncCallback, state: object): IAsyncResult { return this.start(a, callback, state); }
  EndAdd(result: IAsyncResult): string { return this.finish(result); }
  @OperationContract()
  ⟦AddAsync⟧(a: number): Promise<void> { return this.run(a); }
}`,
      [
        { messageId: "outputsDisagree", data: { member: "BeginAdd", other: "Add" } },
        { messageId: "outputsDisagree", data: { member: "AddAsync", other: "Add" } },
      ],
    ),
    located(
      `class Service {
  @OperationContract({ Name: "Sum" })
  Add(a: number, b: number): number { return a + b; }
  @OperationContract({ Name: "Sum" })
  ⟦AddAll⟧(values: number[]): number { return 0; }
}`,
      [{ messageId: "nameTwice", data: { member: "AddAll", other: "Add" } }],
    ),
    located("class Service { @OperationContract({ IsOneWay: true }) ⟦Notify⟧(text: string): number { return 1; } }", [
      { messageId: "oneWayOutput", data: { member: "Notify" } },
    ]),
    located(
      `class Service {
  @OperationContract({ AsyncPattern: true, IsOneWay: true })
  BeginNotify(text: string, callback: AsyncCallback, state: object): IAsyncResult { return this.start(text, callback, state); }
  ⟦EndNotify⟧(receipt: Out<string>, result: IAsyncResult): void {}
}`,
      [{ messageId: "oneWayOutput", data: { member: "EndNotify" } }],
    ),
    // A name that only the settings know.
    located(
      "class Service { @Operation({ ⟦AsyncPattern: true⟧ }) Add(): void {} }",
      [{ messageId: "patternWithoutBegin", data: { member: "Add" } }],
      { settings: { tapify: { operationDecorators: ["Operation"] } } },
    ),
  ],
});

tester.run("valid-operation-contract: events", rule, {
  valid: [
    // As the documentation shows it: overloads with a user state, and IsBusy beside them.
    `class AsyncExample {
  Method1Async(param: string): void;
  Method1Async(param: string, userState: object): void;
  Method1Async(param: string, userState?: object): void {}
  Method1Completed!: Method1CompletedEventHandler;
  CancelAsync(userState: object): void {}
  get IsBusy(): boolean { return false; }
}`,
    `class Loader {
  LoadAsync(key: string, userState?: unknown): void {}
  add_LoadCompleted(handler: LoadCompletedEventHandler): void {}
  remove_LoadCompleted(handler: LoadCompletedEventHandler): void {}
  LoadTaskAsync(key: string): Promise<string> { return this.run(key); }
  LoadAsyncCancel(userState: unknown): void {}
}`,
    // Promises, with an event of their own.
    "class Store { async SaveAsync(): Promise<void> {} SaveCompleted = false; }",
    "class Store { saveAsync(): Promise<void> { return this.run(); } saveCompleted = new Emitter(); IsBusy = false; }",
    // No event at all, and no sign of the pattern.
    "interface Client { LoadAsync(key: string): void; IsReady: boolean; }",
    // The event may be inherited.
    "class Fast extends Loader { LoadAsync(key: string, userState: object): void {} CancelAsync(userState: object): void {} }",
    // Progress and other events need no starter.
    `class Loader {
  LoadAsync(key: string, userState?: unknown): void {}
  LoadCompleted!: LoadCompletedEventHandler;
  UpgradeCompleted!: UpgradeCompletedEventHandler;
}`,
  ],
  invalid: [
    located(
      `class Loader {
  ⟦LoadAsync⟧(key: string, userState: object): void {}
  CancelAsync(userState: object): void {}
}`,
      [{ messageId: "eventMissing", data: { member: "LoadAsync", other: "LoadCompleted" } }],
    ),
    located(
      `class Loader {
  LoadAsync(key: string, userState: object): void {}
  ⟦add_LoadFinished⟧(handler: LoadCompletedEventHandler): void {}
  CancelAsync(userState: object): void {}
}`,
      [{ messageId: "eventMisnamed", data: { member: "add_LoadFinished", other: "LoadCompleted" } }],
    ),
    located(
      `class Loader {
  LoadAsync(key: string, userState: object): void {}
  ⟦LaodCompleted⟧!: LoadCompletedEventHandler;
}`,
      [{ messageId: "eventMisnamed", data: { member: "LaodCompleted", other: "LoadCompleted" } }],
    ),
    located(
      `interface Loader {
  ⟦LoadAsync⟧(key: string): Promise<string>;
  LoadCompleted: LoadCompletedEventHandler;
  readonly IsBusy: boolean;
}`,
      [{ messageId: "starterReturns", data: { member: "LoadAsync", other: "LoadCompleted" } }],
    ),
  ],
});

/** The members of a class, an interface and a declared class with a pair and other versions of its operation. */
function types(members: string): readonly string[] {
  return [
    `interface Sums { ${members} }`,
    `declare class Sums { ${members} }`,
    `export abstract class Sums { ${members.replaceAll(/(?<=; |^)(?=\w|⟦)/g, "abstract ")} }`,
  ];
}

const BEGIN = "BeginAdd(a: number, b: string, callback: AsyncCallback, state: any): IAsyncResult;";
const END = "EndAdd(result: IAsyncResult): number;";

tester.run("valid-operation-contract: versions of a pair without decorators", rule, {
  valid: [
    `${BEGIN} ${END} Add(a: number, b: string): number; AddAsync(a: number, b: string): Promise<number>;`,
    `${BEGIN} ${END} AddAsync(a: number, b: string, token: System.Threading.CancellationToken): Task<number>;`,
    `${BEGIN} ${END} Add(a: number, b?: string, c?: boolean): number;`,
    // Of overloads it is enough that two fit.
    `${BEGIN} ${END} Add(a: boolean): number; Add(a: number, b: string): number;`,
    // Names of types may be those of one type.
    `${BEGIN} ${END} Add(a: Int32, b: string): Int32;`,
    // Not known to be another version, or not to be a pair.
    `${BEGIN} ${END} AddAsync(a: string): void; Add(): Promise<string>;`,
    "BeginAdd(a: number, callback: Callback, state: any): Handle; EndAdd(a: number): number; Add(): string;",
    // What an End fills in.
    `${BEGIN} EndAdd(rest: Ref<number>, result: IAsyncResult): number; Add(a: number, b: string, rest: Ref<number>): number;`,
  ].flatMap(types),
  invalid: [
    [BEGIN, END, "Add(a: number): number;", "inputs"],
    [BEGIN, END, "Add(a: number, b: boolean): number;", "inputs"],
    [BEGIN, END, "Add(a: number, b: string, c: string): number;", "inputs"],
    [BEGIN, END, "Add(a: number, b: string): string;", "outputs"],
    [BEGIN, END, "Add(a: number, b: string): void;", "outputs"],
    [BEGIN, END, "AddAsync(a: number, b: string, token: CancellationToken): Promise<string>;", "outputs"],
  ].flatMap(([begin, end, other, what]) => {
    const isInputs = what === "inputs";
    const [member, name] = [isInputs ? "BeginAdd" : "EndAdd", /^\w+/.exec(other!)![0]];
    const marked = `${other!} ${begin!} ${end!}`.replace(`${member}(`, `⟦${member}⟧(`);
    return types(marked).map((code) =>
      located(code, [{ messageId: isInputs ? "inputsDisagree" : "outputsDisagree", data: { member, other: name } }]),
    );
  }),
});
