import rule from "../../rules/no-discarded-end-result.ts";
import { ruleTester } from "./rule-tester.ts";

const tester = ruleTester();

tester.run("no-discarded-end-result: results known from declarations", rule, {
  valid: [
    `interface Calculator {
  EndAdd(ar: IAsyncResult): number;
}
function add(calculator: Calculator, ar: IAsyncResult) {
  const sum = calculator.EndAdd(ar);
  return sum + calculator.EndAdd(ar);
}`,
    `interface Calculator {
  EndAdd(ar: IAsyncResult): void;
}
function add(calculator: Calculator, ar: IAsyncResult) {
  calculator.EndAdd(ar);
}`,
    `interface Calculator {
  EndAdd(ar: IAsyncResult): any;
}
function add(calculator: Calculator, ar: IAsyncResult) {
  calculator.EndAdd(ar);
}`,
    `interface Calculator {
  EndAdd(ar: IAsyncResult): void | number;
}
function add(calculator: Calculator, ar: IAsyncResult) {
  calculator.EndAdd(ar);
}`,
    `interface Calculator {
  EndAdd(ar: IAsyncResult): Promise<void>;
}
function add(calculator: Calculator, ar: IAsyncResult) {
  calculator.EndAdd(ar);
}`,
    // Another type's End.
    `interface Calculator {
  EndAdd(ar: IAsyncResult): number;
}
function add(other: Adder, ar: IAsyncResult) {
  other.EndAdd(ar);
}`,
    // Either of the two.
    `interface Calculator {
  EndAdd(ar: IAsyncResult): number;
}
interface Stack {
  EndAdd(ar: IAsyncResult): void;
}
function add(any, ar: IAsyncResult) {
  any.EndAdd(ar);
}`,
    `class Chain {
  EndAdd(ar: IAsyncResult): this {
    return this;
  }
  add(ar: IAsyncResult) {
    this.EndAdd(ar);
  }
}`,
    `class Adder {
  EndAdd(ar: IAsyncResult) {
    this.pending.delete(ar);
  }
  add(ar: IAsyncResult) {
    this.EndAdd(ar);
  }
}`,
    `class Adder {
  EndAdd(ar: IAsyncResult) {
    throw new Error("not implemented");
  }
  add(ar: IAsyncResult) {
    this.EndAdd(ar);
  }
}`,
    `class Adder {
  EndAdd(ar: IAsyncResult) {
    return finish(ar);
  }
  add(ar: IAsyncResult) {
    this.EndAdd(ar);
  }
}`,
    `class Adder {
  EndAdd(ar: IAsyncResult) {
    if (!ar.IsCompleted) return;
    this.pending.delete(ar);
    return undefined;
  }
  add(ar: IAsyncResult) {
    this.EndAdd(ar);
  }
}`,
    `class Proxy {
  @OperationContract({ IsOneWay: true, AsyncPattern: true })
  BeginNotify(text: string, callback: AsyncCallback, state: any): IAsyncResult {
    return this.begin("Notify", text, callback, state);
  }
  EndNotify(ar: IAsyncResult): boolean {
    return this.end(ar);
  }
}
function notify(proxy: Proxy, ar: IAsyncResult) {
  proxy.EndNotify(ar);
}`,
    `declare function endAdd(ar: IAsyncResult): void;
function add(ar: IAsyncResult) {
  endAdd(ar);
}`,
  ],
  invalid: [
    {
      code: `interface Calculator {
  EndAdd(ar: IAsyncResult): number;
}
function add(calculator: Calculator, ar: IAsyncResult) {
  calculator.EndAdd(ar);
}`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndAdd", type: "number" },
          line: 5,
          column: 14,
          endLine: 5,
          endColumn: 20,
        },
      ],
    },
    {
      code: `interface Calculator {
  EndAdd: (ar: IAsyncResult) => number | null;
}
function add(calculator: Calculator, ar: IAsyncResult) {
  void calculator?.EndAdd(ar);
}`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndAdd", type: "number | null" },
          line: 5,
          column: 20,
          endLine: 5,
          endColumn: 26,
        },
      ],
    },
    {
      code: `abstract class Calculator {
  abstract EndAdd(ar: IAsyncResult): Map<
    string,
    number
  >;
  add(ar: IAsyncResult) {
    this.EndAdd(ar), this.done();
  }
}`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndAdd", type: "Map< string, number >" },
          line: 7,
          column: 10,
          endLine: 7,
          endColumn: 16,
        },
      ],
    },
    {
      code: `declare class Calculator {
  endAdd(ar: unknown): number;
}
const calculator = new Calculator();
const ar = calculator.beginAdd(1, 2, null, null);
calculator.endAdd(ar);`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "endAdd", type: "number" },
          line: 6,
          column: 12,
          endLine: 6,
          endColumn: 18,
        },
      ],
    },
    {
      code: `class Calculator {
  EndAdd(ar: IAsyncResult) {
    if (ar.IsCompleted) return this.sum;
  }
  add(ar: IAsyncResult) {
    this.EndAdd(ar);
  }
}`,
      errors: [
        { messageId: "discardedValue", data: { end: "EndAdd" }, line: 6, column: 10, endLine: 6, endColumn: 16 },
      ],
    },
    {
      code: `class Calculator {
  private EndAdd = (ar: IAsyncResult) => ({ sum: 1 });
  add(ar: IAsyncResult) {
    this.EndAdd(ar);
  }
}`,
      errors: [
        { messageId: "discardedValue", data: { end: "EndAdd" }, line: 4, column: 10, endLine: 4, endColumn: 16 },
      ],
    },
    {
      code: `declare function endAdd(ar: IAsyncResult): string;
function add(ar: IAsyncResult) {
  endAdd(ar);
}`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "endAdd", type: "string" },
          line: 3,
          column: 3,
          endLine: 3,
          endColumn: 9,
        },
      ],
    },
    {
      code: `const endAdd = (ar: IAsyncResult): Promise<number> => sums.get(ar);
function add(ar: IAsyncResult) {
  endAdd(ar);
}`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "endAdd", type: "Promise<number>" },
          line: 3,
          column: 3,
          endLine: 3,
          endColumn: 9,
        },
      ],
    },
    // Of an unknown type, but there is only one.
    {
      code: `interface Calculator {
  EndAdd(ar: IAsyncResult): number;
}
function add(calculator: any, ar: IAsyncResult) {
  calculator.EndAdd(ar);
}`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndAdd", type: "number" },
          line: 5,
          column: 14,
          endLine: 5,
          endColumn: 20,
        },
      ],
    },
    {
      code: `class Proxy {
  @OperationContract({ IsOneWay: false })
  BeginAsk(text: string, callback: AsyncCallback, state: any): IAsyncResult {
    return this.begin("Ask", text, callback, state);
  }
  EndAsk(ar: IAsyncResult): boolean {
    return this.end(ar);
  }
}
function ask(proxy: Proxy, ar: IAsyncResult) {
  proxy.EndAsk(ar);
}`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndAsk", type: "boolean" },
          line: 11,
          column: 9,
          endLine: 11,
          endColumn: 15,
        },
      ],
    },
  ],
});

tester.run("no-discarded-end-result: results known from the type of the receiver", rule, {
  valid: [
    `function callback(ar: IAsyncResult) {
  const client = ar.AsyncState as Socket;
  const bytesSent = client.EndSend(ar);
  Console.WriteLine("Sent {0} bytes to server.", bytesSent);
}`,
    `function callback(ar: IAsyncResult) {
  const client = ar.AsyncState as Socket;
  client.EndConnect(ar);
}`,
    `function callback(ar: IAsyncResult) {
  const stream = ar.AsyncState as System.IO.Stream;
  stream.EndWrite(ar);
}`,
    `function callback(ar: IAsyncResult, socket: Socket) {
  if (socket.EndSend(ar) > 0) next();
  return socket.EndSend(ar);
}`,
    `function callback(ar: IAsyncResult, socket: Socket) {
  total += (log(), socket.EndSend(ar));
}`,
    "socket.BeginSend(data, (ar) => (ar.AsyncState as Socket).EndSend(ar), socket);",
  ],
  invalid: [
    {
      code: `function callback(ar: IAsyncResult) {
  const client = ar.AsyncState as Socket;
  client.EndSend(ar);
}`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndSend", type: "number" },
          line: 3,
          column: 10,
          endLine: 3,
          endColumn: 17,
        },
      ],
    },
    {
      code: `function callback(ar: IAsyncResult) {
  void (ar.AsyncState as System.Net.Sockets.Socket).EndReceive(ar);
}`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndReceive", type: "number" },
          line: 2,
          column: 53,
          endLine: 2,
          endColumn: 63,
        },
      ],
    },
    {
      code: `function callback(ar: IAsyncResult, socket: Socket) {
  return (socket.EndReceive(ar), true);
}`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndReceive", type: "number" },
          line: 2,
          column: 18,
          endLine: 2,
          endColumn: 28,
        },
      ],
    },
    {
      code: `function callback(ar: IAsyncResult, socket: Socket) {
  socket && socket["EndReceive"](ar);
}`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndReceive", type: "number" },
          line: 2,
          column: 20,
          endLine: 2,
          endColumn: 32,
        },
      ],
    },
    {
      code: `function callback(ar: IAsyncResult, socket: Socket) {
  for (socket.EndReceive(ar); ; ) step();
}`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndReceive", type: "number" },
          line: 2,
          column: 15,
          endLine: 2,
          endColumn: 25,
        },
      ],
    },
    {
      code: `function callback(ar: IAsyncResult, socket: Socket) {
  /* done */ isOpen ? socket /* it is */.endSend(ar) : close();
}`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "endSend", type: "number" },
          line: 2,
          column: 42,
          endLine: 2,
          endColumn: 49,
        },
      ],
    },
    {
      code: `const client = new Amazon.S3.AmazonS3Client();
client.BeginPutObject(request, (ar) => {
  client.EndPutObject(ar);
}, null);`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndPutObject", type: "PutObjectResponse" },
          line: 3,
          column: 10,
          endLine: 3,
          endColumn: 22,
        },
      ],
    },
    {
      code: `class Sender {
  constructor(private readonly socket: Socket) {}
  send() {
    this.handle = this.socket.BeginSend(this.data, null, null);
    this.socket.EndSend(this.handle);
  }
}`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndSend", type: "number" },
          line: 5,
          column: 17,
          endLine: 5,
          endColumn: 24,
        },
      ],
    },
    {
      code: `declare const socket: Socket;
source.add_Done(new AsyncCallback((ar) => {
  socket.EndReceive(ar);
}));`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndReceive", type: "number" },
          line: 3,
          column: 10,
          endLine: 3,
          endColumn: 20,
        },
      ],
    },
    {
      code: `declare const socket: Socket;
const callback: AsyncCallback = function (ar) {
  socket.EndReceive(ar);
};`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndReceive", type: "number" },
          line: 3,
          column: 10,
          endLine: 3,
          endColumn: 20,
        },
      ],
    },
    {
      code: `class Receiver {
  socket: Socket;
  callback: AsyncCallback = (ar) => {
    this.socket.EndReceive(ar);
  };
}`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndReceive", type: "number" },
          line: 4,
          column: 17,
          endLine: 4,
          endColumn: 27,
        },
      ],
    },
    {
      code: `function callback(ar, socket: Socket) {
  show(ar.AsyncState);
  socket.EndReceive(ar);
}`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndReceive", type: "number" },
          line: 3,
          column: 10,
          endLine: 3,
          endColumn: 20,
        },
      ],
    },
    {
      code: `const view = <p>sent</p>;
function callback(ar: IAsyncResult, socket: Socket) {
  socket.EndSend(ar);
}`,
      filename: "x.tsx",
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndSend", type: "number" },
          line: 3,
          column: 10,
          endLine: 3,
          endColumn: 17,
        },
      ],
    },
    {
      code: "function callback(ar: IAsyncResult, socket: Socket) {\r\n  socket.EndSend(ar);\r\n}\r\n",
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndSend", type: "number" },
          line: 2,
          column: 10,
          endLine: 2,
          endColumn: 17,
        },
      ],
    },
    {
      code: `declare const socket: Socket;
socket.EndSend(socket.BeginSend(data, null, null));`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndSend", type: "number" },
          line: 2,
          column: 8,
          endLine: 2,
          endColumn: 15,
        },
      ],
    },
  ],
});

tester.run("no-discarded-end-result: results known from other uses", rule, {
  valid: [
    // What is handed on may be nothing.
    `function first(ar: IAsyncResult) {
  service.EndQuery(ar);
}
function second(ar: IAsyncResult) {
  return service.EndQuery(ar);
}`,
    `function first(ar: IAsyncResult) {
  show(service.EndQuery(ar));
}
function second(ar: IAsyncResult) {
  database.EndQuery(ar);
}`,
    `function first(ar: IAsyncResult, a: Service) {
  show(a.EndQuery(ar));
}
function second(ar: IAsyncResult, a: Database) {
  a.EndQuery(ar);
}`,
    `function first(ar: IAsyncResult) {
  show(service.EndQuery(ar));
}
function second(ar: IAsyncResult) {
  service.EndAsk(ar);
}`,
  ],
  invalid: [
    {
      code: `function first(ar: IAsyncResult) {
  show(service.EndQuery(ar));
}
function second(ar: IAsyncResult) {
  service.EndQuery(ar);
}`,
      errors: [
        { messageId: "discardedValue", data: { end: "EndQuery" }, line: 5, column: 11, endLine: 5, endColumn: 19 },
      ],
    },
    {
      code: `function first(ar: IAsyncResult, a: Service) {
  const rows = a.EndQuery(ar);
}
function second(ar: IAsyncResult, b: Service) {
  b.EndQuery(ar);
}`,
      errors: [
        { messageId: "discardedValue", data: { end: "EndQuery" }, line: 5, column: 5, endLine: 5, endColumn: 13 },
      ],
    },
    {
      code: `function first(ar) {
  const client = ar.asyncState;
  show(client.endQuery(ar).rows);
}
function second(ar) {
  const client = ar.asyncState;
  client.endQuery(ar);
}`,
      filename: "x.js",
      errors: [
        { messageId: "discardedValue", data: { end: "endQuery" }, line: 7, column: 10, endLine: 7, endColumn: 18 },
      ],
    },
  ],
});

tester.run("no-discarded-end-result: what is no End of an operation", rule, {
  valid: [
    `declare const table: { endUpdate(changes: Changes): number };
table.beginUpdate(changes);
table.endUpdate(changes);`,
    `class Mesh {
  beginStruct(x) {}
  endStruct(x): number {
    return x.size;
  }
}
const mesh = new Mesh();
mesh.beginStruct(vertices);
mesh.endStruct(vertices);`,
    `declare function endTransaction(tx: Transaction): number;
beginTransaction(tx);
endTransaction(tx);`,
    `GUILayout.BeginHorizontal(style);
GUILayout.EndHorizontal();`,
    `function callback(ar: IAsyncResult, socket: Socket) {
  socket.EndSend();
  socket.EndSend(data);
  socket.Endow(ar);
}`,
    `function done(result, socket: Socket) {
  socket.BeginSend(data);
  socket.EndSend(result);
}`,
  ],
  invalid: [],
});

tester.run("no-discarded-end-result: reportUnknown", rule, {
  valid: [
    `function callback(ar: IAsyncResult) {
  service.EndNotify(ar);
}`,
    {
      code: `function callback(ar: IAsyncResult) {
  service.EndNotify(ar);
}`,
      options: [{ reportUnknown: false }],
    },
    {
      code: `function callback(ar: IAsyncResult, socket: Socket) {
  socket.EndConnect(ar);
}`,
      options: [{ reportUnknown: true }],
    },
    {
      code: `declare const menu: any;
menu.endUpdate(changes);
menu.beginUpdate();`,
      options: [{ reportUnknown: true }],
    },
    {
      code: `class Adder {
  EndAdd(ar: IAsyncResult) {
    this.pending.delete(ar);
  }
  add(ar: IAsyncResult) {
    this.EndAdd(ar);
  }
}`,
      options: [{ reportUnknown: true }],
    },
  ],
  invalid: [
    {
      code: `function callback(ar: IAsyncResult) {
  service.EndNotify(ar);
}`,
      options: [{ reportUnknown: true }],
      errors: [
        { messageId: "discardedUnknown", data: { end: "EndNotify" }, line: 2, column: 11, endLine: 2, endColumn: 20 },
      ],
    },
    {
      code: `class Adder {
  EndAdd(ar: IAsyncResult) {
    return finish(ar);
  }
  add(ar: IAsyncResult) {
    this.EndAdd(ar);
  }
}`,
      options: [{ reportUnknown: true }],
      errors: [
        { messageId: "discardedUnknown", data: { end: "EndAdd" }, line: 6, column: 10, endLine: 6, endColumn: 16 },
      ],
    },
    // A stub says nothing of what will be there.
    {
      code: `class Adder {
  EndAdd(ar: IAsyncResult) {
    throw new Error("not implemented");
  }
  add(ar: IAsyncResult) {
    this.EndAdd(ar);
  }
}`,
      options: [{ reportUnknown: true }],
      errors: [
        { messageId: "discardedUnknown", data: { end: "EndAdd" }, line: 6, column: 10, endLine: 6, endColumn: 16 },
      ],
    },
  ],
});

const typed = ruleTester({
  languageOptions: {
    parserOptions: { projectService: { allowDefaultProject: ["*.ts"] }, tsconfigRootDir: import.meta.dirname },
  },
});

// A type alias is not looked into without types, and what is declared here contradicts what .NET's class of the name returns.
const declarations = `interface IAsyncResult {}
type Socket = { EndSend(ar: IAsyncResult): void };
type Calculator = { EndAdd(ar: IAsyncResult): readonly number[] };
`;

typed.run("no-discarded-end-result: results known from types", rule, {
  valid: [
    {
      code: `${declarations}function callback(ar: IAsyncResult, socket: Socket) {\n  socket.EndSend(ar);\n}`,
      filename: `${import.meta.dirname}/typed.ts`,
    },
  ],
  invalid: [
    {
      code: `${declarations}function callback(ar: IAsyncResult, calculator: Calculator) {\n  calculator.EndAdd(ar);\n}`,
      filename: `${import.meta.dirname}/typed.ts`,
      errors: [
        {
          messageId: "discardedType",
          data: { end: "EndAdd", type: "readonly number[]" },
          line: 5,
          column: 14,
          endLine: 5,
          endColumn: 20,
        },
      ],
    },
  ],
});
