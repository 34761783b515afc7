/**
 * .NET methods that block and have an awaitable twin with the same leading parameters on the same type, in every version of .NET that has
 * the twin at all. Source: the reference pages of the types; methods whose twin takes other parameters are left out on purpose.
 */

/** A .NET type whose blocking methods are known. */
export interface TypeWithTwins {
  readonly name: RegExp;
  /** The blocking methods. */
  readonly methods: ReadonlySet<string>;
  /** What is added to a method's name. Beside a starter, which returns nothing, the short name is taken. */
  readonly suffix: "Async" | "TaskAsync";
}

export const TYPES_WITH_TWINS: readonly TypeWithTwins[] = [
  {
    name: /^(?:Stream|FileStream|NetworkStream|SslStream|BufferedStream|GZipStream|DeflateStream)$/,
    methods: new Set(["CopyTo", "Flush", "Read", "Write"]),
    suffix: "Async",
  },
  { name: /^(?:StreamReader|TextReader)$/, methods: new Set(["ReadBlock", "ReadLine", "ReadToEnd"]), suffix: "Async" },
  { name: /^(?:StreamWriter|TextWriter)$/, methods: new Set(["Flush"]), suffix: "Async" },
  { name: /^TcpClient$/, methods: new Set(["Connect"]), suffix: "Async" },
  { name: /^TcpListener$/, methods: new Set(["AcceptSocket", "AcceptTcpClient"]), suffix: "Async" },
  { name: /^UdpClient$/, methods: new Set(["Send"]), suffix: "Async" },
  { name: /^HttpListener$/, methods: new Set(["GetContext"]), suffix: "Async" },
  { name: /^HttpClient$/, methods: new Set(["Send"]), suffix: "Async" },
  { name: /^(?:Http|File|Ftp)?WebRequest$/, methods: new Set(["GetRequestStream", "GetResponse"]), suffix: "Async" },
  { name: /^(?:Sql|Db|OleDb|Odbc)Connection$/, methods: new Set(["Open"]), suffix: "Async" },
  {
    name: /^(?:Sql|Db|OleDb|Odbc)Command$/,
    methods: new Set(["ExecuteNonQuery", "ExecuteReader", "ExecuteScalar"]),
    suffix: "Async",
  },
  { name: /^NamedPipeServerStream$/, methods: new Set(["Read", "WaitForConnection", "Write"]), suffix: "Async" },
  {
    name: /^WebClient$/,
    methods: new Set([
      "DownloadData",
      "DownloadFile",
      "DownloadString",
      "OpenRead",
      "OpenWrite",
      "UploadData",
      "UploadFile",
      "UploadString",
      "UploadValues",
    ]),
    suffix: "TaskAsync",
  },
];

/** Generated service clients of the AWS SDK for .NET: an operation takes one request, named after it. */
export const AWS_CLIENT = /^Amazon\w+Client$/;
