import { readsOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, Source } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { TextEdit } from "../types.ts";
import { commentsIn } from "../layout.ts";
import { isPure } from "../purity.ts";

/**
 * Takes the parameters of a function from an index on.
 *
 * @param gone uses of them that go as well
 * @returns the edit; `null` where one of them is used, or a comment or the function's `arguments` would lose its sense
 */
export function removedParameters(
  source: Source,
  fn: FunctionNode,
  index: number,
  gone: ReadonlySet<TSESTree.Node> = new Set(),
): TextEdit | null {
  const taken = fn.params.slice(index);
  const [first, last] = [taken[0], taken.at(-1)];
  if (first === undefined || last === undefined) return null;
  const isUnused = taken.every((parameter) => {
    const named = parameter.type === "AssignmentPattern" && isPure(parameter.right) ? parameter.left : parameter;
    return (
      named.type === "Identifier" && readsOf(variableOf(source, named)!).every(({ identifier }) => gone.has(identifier))
    );
  });
  const from = fn.params[index - 1]?.range[1] ?? first.range[0];
  const range = [from, last.range[1]] as const;
  if (!isUnused || commentsIn(source, range).length > 0 || readsArguments(source, fn)) return null;
  // `done => …` has no parentheses that stay.
  const isBare = index === 0 && !/\(\s*$/u.test(source.text.slice(fn.range[0], from));
  return { range, text: isBare ? "()" : "" };
}

function readsArguments(source: Source, fn: FunctionNode): boolean {
  return (
    findAll(
      fn.body,
      source.visitorKeys,
      (node): node is TSESTree.Identifier => node.type === "Identifier" && node.name === "arguments",
    ).length > 0
  );
}
