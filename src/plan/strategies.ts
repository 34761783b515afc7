/**
 * The ways in which migrations change what they take up, in the order in which they are tried, and when each fits. `tapify explain` says
 * the sentences, and a test holds docs/cli.md to them.
 */
export const STRATEGIES = {
  facade: "An async function beside the pair does the work, and the pair stays for its callers. Fits with `facade`.",
  "await-at-end":
    "The start moves to the End and is awaited there. Fits where nothing but waits stands between the Begin and its one End.",
  "kept-promise":
    "The promise is kept where the operation was begun, and awaited where it was ended. Fits where every End follows the Begin in its function.",
  "joined-wait":
    "One await takes the place of a wait for several handles. Fits where each handle is one of an operation of the same function.",
  "joined-count":
    "One await for all operations takes the place of what counted them. Fits where each callback counts once and the last one goes on.",
  loop: "The callback's code becomes the body of a loop around the await. Fits where the callback begins its operation again as its last act.",
  "in-place":
    "The callback's code follows an await where the operation was started. Fits where it serves that start alone, the start is the last act of its function or is waited for, and no name or handler gets another meaning.",
  continuation:
    "The callback becomes an async function that is given the promise. Fits where it does not begin its operation again.",
  "awaited-callback":
    "The code of the callback follows an await in the place of the call. Fits where the call is the last act of its function.",
  "returned-outcome":
    "The callback goes out of the parameters: an answer is returned, an error is thrown, and callers await it. Fits where the callback is the last thing on every path.",
  "awaited-wait":
    "An await takes the place of the wait. Fits where the function around it can become async, and those that call it.",
  "awaited-timer":
    "An await of a timer takes the place of the sleep. Fits in a function that is async, or becomes async.",
  "awaitable-method":
    "An awaitable method takes the place of the declared members. Fits where what they do can be told, and every use of them can follow.",
} as const satisfies Readonly<Record<string, string>>;

/** One way in which a site may change. */
export type StrategyName = keyof typeof STRATEGIES;
