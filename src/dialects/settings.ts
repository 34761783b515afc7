import type { Dialect } from "./dialect.ts";

/** What a user may tell tapify about the code: `settings.tapify` in an ESLint configuration, options on the command line. */

/** The programs that run scripts: next to .NET, and AWS Lambda. `none` still recognises one by what only that host has. */
export const HOST_NAMES = [
  "none",
  "puerts",
  "unity-jsb",
  "onejs",
  "clearscript",
  "jint",
  "node-api-dotnet",
  "edge-js",
  "winrt",
  "aws-lambda",
] as const;
export type HostName = (typeof HOST_NAMES)[number];

export interface Settings {
  /** Default `none`. */
  readonly host?: HostName;
  /** Further names of functions that the outside starts and nobody awaits, besides `main`, `Main` and `handler`. */
  readonly entryPoints?: readonly string[];
  /** Awaitable twins known to exist: `PutObjectAsync` for any receiver, `Socket.ConnectAsync` for a receiver of that type. */
  readonly twins?: readonly string[];
  /** Further names of decorators that mark the operations of a service, besides `OperationContract`. */
  readonly operationDecorators?: readonly string[];
  /**
   * Versions of packages, whatever is installed: `{ "mongodb": "6" }`. A version, or a range as npm reads it, by the name of the package.
   */
  readonly assume?: Readonly<Record<string, string>>;
  /** Functions of a project that take a callback with an error first, and what can be awaited instead of a call of one. */
  readonly callbacks?: readonly CallbackSetting[];
  /**
   * Families of operations besides those that are built in. This is no setting that a configuration can hold: what a user says about
   * families is turned into it.
   */
  readonly families?: readonly Dialect[];
}

/** Functions of one module that take a callback as their last argument, which is given an error first. */
export interface CallbackSetting {
  /** The module as files import it: `some-package`, `./store`. */
  readonly module: string;
  /** What it exports: names, or paths of them. */
  readonly members: readonly string[];
  /** `same-call`, `promisify`, `member:NAME` (of the module), `suffix:TEXT` (of the name), `chained:NAME` (a method of what the call gives). */
  readonly awaitable: string;
  /** What the callback is given behind the error; `["result"]` unless told. Of several, what is awaited gives an object with these members. */
  readonly results?: readonly string[];
}
