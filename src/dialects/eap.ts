/**
 * How .NET and its ports spell the Event-based Asynchronous Pattern: the call that starts an operation, the events it raises, the
 * members of what a handler is given. Source: "Implementing the Event-based Asynchronous Pattern", "Best Practices for Implementing
 * the Event-based Asynchronous Pattern" and the reference page of `AsyncCompletedEventArgs` in the .NET documentation.
 */

/** The end of the name of an event that says an operation is over. */
export const COMPLETED_EVENT = /^(\w*?)(?:Async)?(?:Completed|completed)$/;
/** The end of the name of an event that tells how far an operation is. */
export const PROGRESS_EVENT = /^(\w*?)(?:Async)?(?:ProgressChanged|progressChanged|progresschanged)$/;

/** `add_DownloadStringCompleted(fn)`, `addDownloadStringCompleted(fn)`, `addDownloadStringCompletedHandler(fn)`. */
export const ACCESSOR_NAME = /^(add|remove)_?(\w+?)(?:Handler|Listener)?$/;
/** Methods of an event object: `client.DownloadStringCompleted.connect(fn)`; those of FairyGUI are in pascal case. */
export const EVENT_ADDERS: ReadonlySet<string> = new Set([
  "Add",
  "add",
  "addHandler",
  "addListener",
  "attach",
  "connect",
  "on",
  "once",
  "subscribe",
]);
export const EVENT_REMOVERS: ReadonlySet<string> = new Set([
  "Remove",
  "clear",
  "detach",
  "disconnect",
  "off",
  "remove",
  "removeAll",
  "removeHandler",
  "removeListener",
  "unsubscribe",
]);
/** Members of the connection that an adder gives, which take the handler off again: `const c = X.connect(fn)`, `c.disconnect()`. */
export const CONNECTION_ENDERS: ReadonlySet<string> = new Set(["disconnect", "dispose", "Dispose", "unsubscribe"]);
/** Methods of an object that has events, which are given the event's name: `client.on("downloadStringCompleted", fn)`. */
export const NAMED_ADDERS: ReadonlySet<string> = new Set([
  "addEventListener",
  "addListener",
  "on",
  "once",
  "prependListener",
  "prependOnceListener",
]);
export const NAMED_REMOVERS: ReadonlySet<string> = new Set([
  "off",
  "removeAllListeners",
  "removeEventListener",
  "removeListener",
]);
/** Methods after which the handler is called once and is gone. */
export const ONCE_ADDERS: ReadonlySet<string> = new Set(["once", "prependOnceListener"]);
/** What undoes each way of adding a handler. */
export const REMOVERS: ReadonlyMap<string, string> = new Map([
  ["Add", "Remove"],
  ["add", "remove"],
  ["addEventListener", "removeEventListener"],
  ["addHandler", "removeHandler"],
  ["addListener", "removeListener"],
  ["attach", "detach"],
  ["connect", "disconnect"],
  ["on", "off"],
  ["once", "off"],
  ["prependListener", "removeListener"],
  ["prependOnceListener", "removeListener"],
  ["subscribe", "unsubscribe"],
]);
/** The delegate around a handler: `new DownloadStringCompletedEventHandler(fn)`. */
export const HANDLER_TYPE = /EventHandler(?:\$1)?$/;

/** `DownloadStringAsync`, `downloadStringAsync`; the rest is the stem. */
export const STARTER_NAME = /^([A-Za-z]\w*)Async$/;
/** Operations whose completed event has a name of its own, by the event's stem in lower case. */
export const OTHER_STEMS: ReadonlyMap<string, string> = new Map([["ping", "send"]]);
/** Starters of objects whose only operation has an event called just `Completed`. */
export const BARE_STARTERS: ReadonlySet<string> = new Set(["Run", "Start", "run", "start"]);
/** Starters that no other pattern has, so that nothing else is needed to know one. */
export const UNMISTAKABLE_STARTERS: ReadonlySet<string> = new Set(["RunWorkerAsync", "runWorkerAsync"]);

/** `CancelAsync`, `DownloadStringAsyncCancel`; the rest is the stem, where there is one. */
export const CANCEL_NAME = /^(?:[Cc]ancelAsync|([A-Za-z]\w*)AsyncCancel)$/;
export const BUSY_MEMBERS: ReadonlySet<string> = new Set(["IsBusy", "isBusy"]);
/** What is set on an object whose work can be cancelled. */
export const CANCELLATION_SUPPORT: ReadonlySet<string> = new Set([
  "WorkerSupportsCancellation",
  "workerSupportsCancellation",
]);

/** The members of what a handler is given, in the part that each plays. */
export interface CompletionMembers {
  readonly error: ReadonlySet<string>;
  readonly cancelled: ReadonlySet<string>;
  readonly value: ReadonlySet<string>;
  readonly state: ReadonlySet<string>;
  /** Members that every object of this kind, or of any kind, has: reading one tells nothing of the outcome. */
  readonly others: ReadonlySet<string>;
}

/** `AsyncCompletedEventArgs` and what derives from it: further members are out values, and throw as `Result` does. */
export const COMPLETED_ARGS: CompletionMembers = {
  error: new Set(["Error", "error"]),
  cancelled: new Set(["Canceled", "Cancelled", "canceled", "cancelled"]),
  value: new Set(["Result", "result"]),
  state: new Set(["UserState", "userState"]),
  others: new Set([
    "Equals",
    "Finalize",
    "GetHashCode",
    "GetType",
    "Handled",
    "MemberwiseClone",
    "ReferenceEquals",
    "ToString",
    "__proto__",
    "constructor",
  ]),
};

/** Types of what a handler is given. */
export const COMPLETED_ARGS_TYPE = /CompletedEventArgs$/;

/** Types whose objects run one operation at a time, whatever the user state: a second start throws. */
export const EXCLUSIVE_TYPES: ReadonlySet<string> = new Set([
  "BackgroundWorker",
  "Ping",
  "PictureBox",
  "SmtpClient",
  "SoundPlayer",
  "WebClient",
]);
/** Types whose operations have a twin `XxxTaskAsync` that returns a task. Source: the reference pages of the types. */
export const TASK_TWIN_TYPES: ReadonlySet<string> = new Set(["WebClient"]);
/** Names under which a key for one of several operations goes. */
export const KEY_NAME = /(?:^id|Id|context|cookie|key|state|tag|ticket|token)$/i;

/** Members of a completion source that settle its task or promise. */
export const SOURCE_SETTLERS = /^(?:[tT]ry)?[sS]et(?:Canceled|Cancelled|Exception|Result)$/;
