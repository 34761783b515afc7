import { ASYNC_LIBRARY } from "../async-library.ts";
import type { Dialect, Delivery, StartPattern } from "../dialect.ts";
import { DIALECTS } from "../families/index.ts";
import { rootsOf } from "../makers.ts";
import { all, rest, some, words, type TextTest } from "./text-tests.ts";
import { SHORTEST_WORD } from "./word-scan.ts";

/** A text that names where a dialect starts and one of the operations that are found there, and how it tells of the outcome. */
function textOfStart({ operations, others }: Dialect, start: StartPattern): TextTest {
  const names = [...operations.keys()].map((name) => name.slice(name.lastIndexOf(".") + 1));
  const tellers = [...operations.values()].map(({ delivery }) => tellersOf(delivery));
  const conditions = [
    originsOf(start),
    ...(others === undefined ? [names] : []),
    ...(tellers.length > 0 && tellers.every(({ length }) => length > 0) ? [tellers.flat()] : []),
  ];
  // The text is scanned for the first of them that is made of words long enough for that; the others are rarely asked.
  const scanned = conditions.find((any) => any.every(({ length }) => length >= SHORTEST_WORD));
  if (scanned === undefined) throw new TypeError(`No words tell a text that has ${names.join(", ")}.`);
  return all(words(...scanned), ...conditions.filter((any) => any !== scanned).map((any) => rest(...any)));
}

/** What a text holds that names where operations come from: one of these. */
function originsOf(start: StartPattern): readonly string[] {
  switch (start.kind) {
    case "module":
      return start.modules.flatMap((module) => [
        ...specifiersOf(module),
        ...(start.isSplit === true ? specifiersOf(`${module}/`) : []),
      ]);
    case "global":
      return [start.path.split(".")[0]!];
    case "made": {
      const { methods, modules } = rootsOf(start.by);
      return [...modules.flatMap(specifiersOf), ...methods];
    }
  }
}

/** How a text names a module: in quotes, with `node:` or without. Of all below a folder, it is the start. */
function specifiersOf(module: string): string[] {
  const [double, single] = module.endsWith("/") ? ["", ""] : ['"', "'"];
  return [`"${module}${double}`, `'${module}${single}`, `:${module}"`, `:${module}'`];
}

/** Words of which one is there whenever an operation is given something to call back. */
function tellersOf(delivery: Delivery): readonly string[] {
  return delivery.kind === "events" ? [delivery.success, delivery.failure] : [];
}

function textOf(dialects: readonly Dialect[]): TextTest {
  return some(...dialects.flatMap((dialect) => dialect.starts.map((start) => textOfStart(dialect, start))));
}

/** A text that may have operations of the families that are built in. */
export const DESCRIBED_OPERATION: TextTest = textOf(DIALECTS);

const further = new WeakMap<readonly Dialect[], TextTest>();

/** A text that may have operations of these families. */
export function describedText(dialects: readonly Dialect[]): TextTest {
  let test = further.get(dialects);
  if (test === undefined) further.set(dialects, (test = textOf(dialects)));
  return test;
}

const origins = new WeakMap<Dialect, readonly string[]>();

/** Whether a text names an origin of a family. */
export function mayStart(dialect: Dialect, text: string): boolean {
  let any = origins.get(dialect);
  if (any === undefined) origins.set(dialect, (any = dialect.starts.flatMap(originsOf)));
  return any.some((word) => text.includes(word));
}

/** A text that takes something from the library `async`. */
export const ASYNC_TASK: TextTest = words(
  ...[ASYNC_LIBRARY.module, ...ASYNC_LIBRARY.others].flatMap((module) => [
    ...specifiersOf(module),
    ...[`"${module}/`, `'${module}/`],
  ]),
);
