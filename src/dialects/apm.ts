/**
 * How .NET spells the Asynchronous Programming Model: Begin/End pairs, the handle, the callback.
 * Source: "Asynchronous Programming Model (APM)" in the .NET documentation.
 */

/** `BeginPutObject`, `beginPutObject`; the rest is the stem. */
export const BEGIN_NAME = /^(?:Begin|begin)([A-Z_]\w*)$/;
export const END_NAME = /^(?:End|end)([A-Z_]\w*)$/;

/** Stems of what is begun and ended around other calls: updates, edits, transactions, groups, drawing. */
export const BRACKET_STEM =
  /(?:Area|Batch|Block|Changes?|Clip|Disabled|Edit(?:s|ing)?|Element|Fade|Frame|Group|Horizontal|Layer|Pass|Path|Query|Scope|Section|Session|Struct|Transaction|Transition|Undo|Update|Vertical|View)$/;

/** What invoking a delegate is called; the same name posts work to a user-interface thread, and needs no End there. */
export const INVOKE_STEM = "Invoke";
/** Types, and names of variables, on which `BeginInvoke` posts work. */
export const UI_NAME = /(?:^(?:dispatcher|control|form|window)|Dispatcher|Control|Form|Window)$/;

/** The members of `IAsyncResult`; a script may see them camel-cased. */
export const HANDLE_MEMBERS: ReadonlySet<string> = new Set([
  "AsyncState",
  "AsyncWaitHandle",
  "CompletedSynchronously",
  "IsCompleted",
  "asyncState",
  "asyncWaitHandle",
  "completedSynchronously",
  "isCompleted",
]);

export const COMPLETED_SYNCHRONOUSLY_MEMBERS: ReadonlySet<string> = new Set([
  "CompletedSynchronously",
  "completedSynchronously",
]);
export const STATE_MEMBERS: ReadonlySet<string> = new Set(["AsyncState", "asyncState"]);
export const IS_COMPLETED_MEMBERS: ReadonlySet<string> = new Set(["IsCompleted", "isCompleted"]);
export const WAIT_HANDLE_MEMBERS: ReadonlySet<string> = new Set(["AsyncWaitHandle", "asyncWaitHandle"]);

/** Last segments of type names; any qualification (`System.`, `CS.System.`) may stand before them. */
export const HANDLE_TYPE = "IAsyncResult";
export const CALLBACK_TYPE = "AsyncCallback";

/** What an operation of a known .NET type yields, as a TypeScript type; `void` means that its End returns nothing. */
export interface KnownOperation {
  readonly result: string;
  /** What stays taken until the operation is ended, as a clause. */
  readonly holds?: string;
}

/** A .NET type whose operations are known, and which have an awaitable twin called stem + `Async`. */
export interface KnownType {
  readonly name: RegExp;
  /** Operations by stem. */
  readonly operations: Readonly<Record<string, KnownOperation>>;
  /** For types with generated members: any other stem is an operation too, with this result (`*` stands for the stem). */
  readonly others?: KnownOperation;
}

const STREAM: KnownType["operations"] = { Read: { result: "number" }, Write: { result: "void" } };
// The base class has one slot for reads and writes together, and gives it back in the End.
const STREAM_SLOT = "the stream begins no other read or write until then";

/**
 * .NET types by name, checked against their reference pages: each stem has Begin, End and a task-returning twin
 * with the same leading parameters. Types whose twin takes other parameters are left out on purpose.
 */
export const KNOWN_TYPES: readonly KnownType[] = [
  {
    name: /^Socket$/,
    operations: {
      Accept: { result: "Socket" },
      Connect: { result: "void" },
      Disconnect: { result: "void" },
      Receive: { result: "number" },
      Send: { result: "number" },
    },
  },
  {
    name: /^Stream$/,
    operations: { Read: { result: "number", holds: STREAM_SLOT }, Write: { result: "void", holds: STREAM_SLOT } },
  },
  {
    name: /^(?:FileStream|MemoryStream|NetworkStream|SslStream|BufferedStream|GZipStream|DeflateStream)$/,
    operations: STREAM,
  },
  { name: /^TcpClient$/, operations: { Connect: { result: "void" } } },
  {
    name: /^TcpListener$/,
    operations: { AcceptSocket: { result: "Socket" }, AcceptTcpClient: { result: "TcpClient" } },
  },
  { name: /^UdpClient$/, operations: { Send: { result: "number" } } },
  {
    name: /^(?:Http|File|Ftp)?WebRequest$/,
    operations: { GetResponse: { result: "WebResponse" }, GetRequestStream: { result: "Stream" } },
  },
  { name: /^HttpListener$/, operations: { GetContext: { result: "HttpListenerContext" } } },
  {
    name: /^(?:Sql|Db|OleDb|Odbc)Command$/,
    operations: {
      ExecuteNonQuery: { result: "number" },
      ExecuteReader: { result: "SqlDataReader" },
      ExecuteXmlReader: { result: "XmlReader" },
    },
  },
  { name: /^NamedPipeServerStream$/, operations: { ...STREAM, WaitForConnection: { result: "void" } } },
  // Generated service clients of the AWS SDK for .NET: every operation has all three forms.
  { name: /^Amazon\w+Client$/, operations: {}, others: { result: "*Response" } },
];
