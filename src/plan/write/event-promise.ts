import { settling, type FailureCase, type PromiseLayout, type Settlers } from "./new-promise.ts";
import { concat, text, type Text } from "./text.ts";

/** A promise over a start and the events that tell of it. Statements have no indentation and no end. */
export interface EventPromise extends Settlers {
  /** The names of the error that a start throws, and of the function that takes every handler off again; `null` where that is written out. */
  readonly error: string;
  readonly release: string | null;
  /** What takes the handlers off. */
  readonly removals: readonly Text[];
  /** The head of the handler of completion up to its body, what its body begins with, and what stands behind the body. */
  readonly handler: { readonly head: string; readonly before: readonly Text[]; readonly after: string };
  /** Whether the handler goes by itself when it is called. */
  readonly isOnce: boolean;
  readonly failures: readonly FailureCase[];
  readonly value: string;
  /** What adds the handlers. */
  readonly adders: readonly Text[];
  readonly start: Text;
}

/** The statements of a promise over a start and its events: it listens before it starts, and takes every handler off in every case. */
export function listening(layout: PromiseLayout, promise: EventPromise): Text[] {
  const { inner, deeper, end } = layout;
  const { adders, error, failures, handler, isOnce, reject, release, removals, start, value } = promise;
  const taking = removals.map((line) => text`${deeper}${line}${end}`);
  const releasing = release === null ? taking : [`${deeper}${release}()${end}`];
  return [
    ...(release === null ? [] : [`${inner}const ${release} = () => {`, ...taking, `${inner}}${end}`]),
    `${inner}${handler.head} {`,
    ...handler.before.map((line) => text`${deeper}${line}${end}`),
    ...(isOnce ? [] : releasing),
    ...settling(layout, promise, failures, value).map((line) => deeper + line),
    `${inner}}${handler.after}${end}`,
    ...adders.map((line) => text`${inner}${line}${end}`),
    `${inner}try {`,
    concat(deeper, start, end),
    `${inner}} catch (${error}) {`,
    ...releasing,
    `${deeper}${reject}(${error})${end}`,
    `${inner}}`,
  ];
}
