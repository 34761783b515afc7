import type { TSESTree } from "../../src/ast/source.ts";
import { isAtTheTop, isExport, nodesOf, type Draft } from "./respelling.ts";

/** Puts the statements of a module into a block. */
export function inBlock(draft: Draft): void {
  wrap(draft, "{", "}");
}

/** Puts them into a function that is called at once. */
export function inFunction(draft: Draft): void {
  if (!hasAwait(draft)) wrap(draft, ";(() => {", "})();");
}

/** Puts them into a static method of a class, which is called behind it. */
export function inStaticMethod(draft: Draft): void {
  if (!hasAwait(draft)) wrap(draft, "class Holder9 { static run9() {", "} } Holder9.run9();");
}

/** The statements of a module must be of one run that nothing is offered of. */
function wrap({ source, edits }: Draft, open: string, close: string): void {
  const { body } = source.ast;
  const inside = body.filter((statement) => !isAtTheTop(statement));
  const [first] = inside;
  const last = inside.at(-1);
  if (first === undefined || last === undefined || body.some(isExport)) return;
  if (body.slice(body.indexOf(first)).some(isAtTheTop)) return;
  edits.appendLeft(first.range[0], `${open} `);
  edits.appendRight(last.range[1], ` ${close}`);
}

/** Whether a text awaits at its top, or is read as a script that returns there. */
function hasAwait(draft: Draft): boolean {
  return nodesOf(draft).some((node) => {
    if (node.type !== "AwaitExpression" && node.type !== "ReturnStatement" && node.type !== "ThisExpression")
      return node.type === "ForOfStatement" && node.await;
    for (let at: TSESTree.Node | undefined = node.parent; at; at = at.parent)
      if ("params" in at || at.type === "PropertyDefinition") return false;
    return true;
  });
}
