import { BEGIN_END } from "./begin-end-text.ts";
import { isWordPart } from "./text-scan.ts";
import { all, near, nearMember, some, words, type TextTest } from "./text-tests.ts";
import { BLOCKING_WAIT } from "./wait-text.ts";
import { wordSearch } from "./word-places.ts";

/**
 * What a text must hold for a call that blocks beside an awaitable twin to be possible in it: the names of both, a .NET type that is known
 * to have both, or a wait that blocks in a text with async functions.
 */

/** The names in a text that end in `Async`. An expression would try every start in the long runs of letters that packed files hold. */
export function asyncNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at = text.indexOf(SUFFIX); at !== -1; at = text.indexOf(SUFFIX, at + SUFFIX.length)) {
    const end = at + SUFFIX.length;
    if (isWordPart(text.charCodeAt(end))) continue;
    let start = at;
    while (start > 0 && isWordPart(text.charCodeAt(start - 1))) start--;
    if (start < at) names.add(text.slice(start, end));
  }
  return names;
}

const SUFFIX = "Async";

/** `save` beside `saveAsync` or `saveTaskAsync`. */
const BOTH_NAMES: TextTest = {
  test(text) {
    const stems = new Set<string>();
    for (const name of asyncNames(text)) stems.add(name.slice(0, -SUFFIX.length)).add(name.replace(/TaskAsync$/, ""));
    const everyWord = wordSearch(text);
    return [...stems].some((stem) => stem !== "" && !everyWord(stem, () => false));
  },
};

const KNOWN_TYPE = near(
  ["Stream", "Reader", "Writer", "Tcp", "Udp", "Http", "WebRequest", "Connection", "Command", "WebClient", "Amazon"],
  /(?:Stream|Reader|Writer|(?:Tcp|Udp|Http|Web)Client|TcpListener|HttpListener|WebRequest|Connection|Command)\b|Client\b(?<=Amazon\w+Client\b)/,
);
const KNOWN_METHOD = nearMember(
  ...[
    "AcceptSocket",
    "AcceptTcpClient",
    "Connect",
    "CopyTo",
    "DownloadData",
    "DownloadFile",
    "DownloadString",
    "ExecuteNonQuery",
    "ExecuteReader",
    "ExecuteScalar",
    "Flush",
    "GetContext",
  ],
  ...[
    "GetRequestStream",
    "GetResponse",
    "Open",
    "OpenRead",
    "OpenWrite",
    "Read",
    "ReadBlock",
    "ReadLine",
    "ReadToEnd",
    "Send",
    "UploadData",
    "UploadFile",
    "UploadString",
    "UploadValues",
  ],
  ...["WaitForConnection", "Write"],
);
/** A client of the AWS SDK and the request that an operation of it is named after. */
const AWS_CALL = all(near(["Amazon"], /Client\b(?<=Amazon\w+Client\b)/), /Request\b/);

/** Whether a text may hold asynchronous code that blocks on what it could await. */
export const ASYNC_TWIN: TextTest = some(
  all(words("Async"), words("async", "Promise", "Task", "IAsyncResult"), BOTH_NAMES),
  all(words("async", "Promise", "Task", "IAsyncResult"), some(all(KNOWN_TYPE, KNOWN_METHOD), AWS_CALL)),
  all(words("async"), some(BLOCKING_WAIT, BEGIN_END)),
);
