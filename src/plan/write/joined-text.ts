import type { TSESTree } from "../../ast/source.ts";
import type { AwaitDecision, Stretch } from "../decide/decision.ts";
import type { WrittenNames } from "./outcome-names.ts";
import type { Part } from "./text.ts";

/** Whether the statements come to stand in a function that is called at once, whose promise is one of several. */
export function isWrapped({ joined, told }: AwaitDecision): boolean {
  return told !== "promise" && (joined === "element" || joined === "pushed");
}

/** A promise in the list of those that it is one of. */
export function listedPromise(
  { joined }: AwaitDecision,
  { list }: WrittenNames,
  promise: readonly Part[],
  end: string,
): Part[] {
  return joined === "pushed" ? [`${list!}.push(`, ...promise, `)${end}`] : [...promise];
}

/** Whether the code of some stretches ends by throwing. */
export function endsInThrow(code: readonly Stretch[]): boolean {
  return code.some(({ inside }) => inside.type === "BlockStatement" && inside.body.at(-1)?.type === "ThrowStatement");
}

/** Whether what moves is no statement by itself. */
export function isExpression({ type }: TSESTree.Node): boolean {
  return !/Statement$|Declaration$/.test(type);
}

/** Lines one below the other. */
export function joined(lines: readonly (readonly Part[])[], between: string): Part[] {
  return lines.flatMap((line, index) => (index === 0 ? [...line] : [between, ...line]));
}
