import { contains } from "../../ast/flow.ts";
import { classOf, enclosingFunction } from "../../ast/functions.ts";
import { unwrap, wrapped } from "../../ast/names.ts";
import { readsOf, variableOf } from "../../ast/scopes.ts";
import { textOf, type FunctionNode, type TSESTree } from "../../ast/source.ts";
import type { CompletionHandler } from "../../recognize/events/event-handlers.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { resolvesAlike } from "../naming.ts";
import { statementOfCall } from "../planner-base.ts";
import type { Planner } from "../planner.ts";
import { isConstant } from "../purity.ts";

/**
 * Replaces what a handler does with its sender by the object that started the operation. A constant that only names the sender
 * goes, into `removed`.
 *
 * @returns `null` when the sender is used and the object has no name there that means the same.
 */
export function senderUse(
  { context, draft }: Planner,
  fn: FunctionNode,
  { args }: CompletionHandler,
  sharing: readonly Operation[],
  removed: Set<TSESTree.Statement>,
): true | null {
  const { source } = context;
  const first = fn.params.find((parameter) => parameter.type !== "Identifier" || parameter.name !== "this");
  if (first === undefined || first === args) return true;
  if (first.type !== "Identifier") return null;
  const variable = source.scopeManager.getDeclaredVariables(fn).find(({ identifiers }) => identifiers.includes(first));
  const isLive = (node: TSESTree.Node): boolean => ![...removed].some((statement) => contains(statement, node));
  const reads = (variable === undefined ? [] : readsOf(variable))
    .map(({ identifier }) => identifier as TSESTree.Identifier)
    .filter(isLive);
  const aliases = reads.flatMap((read) => {
    const declarator = wrapped(read).parent;
    const alias =
      declarator?.type === "VariableDeclarator" &&
      declarator.id.type === "Identifier" &&
      declarator.parent.declarations.length === 1
        ? variableOf(source, declarator.id)
        : null;
    return alias === null ? [] : [{ read, alias, statement: (declarator as TSESTree.VariableDeclarator).parent }];
  });
  for (const { statement } of aliases) removed.add(statement);
  const uses = [
    ...reads,
    ...aliases.flatMap(({ alias }) => readsOf(alias).map(({ identifier }) => identifier as TSESTree.Identifier)),
  ].filter(isLive);
  if (uses.length === 0) return true;
  const texts = new Set(sharing.map(({ receiver }) => (receiver === null ? "" : textOf(source, receiver))));
  const [text] = texts;
  const isNamed =
    texts.size === 1 &&
    sharing.every(({ receiver, begin }) => {
      const object = unwrap(receiver!);
      if (object.type === "Identifier")
        return (
          isConstant(source, object) &&
          resolvesAlike(source, object.name, begin, enclosingFunction(fn.parent) ?? source.ast)
        );
      // this.client, in the class of the handler
      return (
        object.type === "MemberExpression" &&
        object.object.type === "ThisExpression" &&
        !object.computed &&
        classOf(begin) !== null &&
        classOf(begin) === classOf(fn)
      );
    });
  if (!isNamed || uses.some((use) => statementOfCall(use) !== null)) return null;
  for (const use of uses)
    draft.replace(
      fn,
      use.range,
      use.parent.type === "Property" && use.parent.shorthand ? `${use.name}: ${text!}` : text!,
    );
  return true;
}
