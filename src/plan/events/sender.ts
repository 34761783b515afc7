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

/** The sender that a handler goes on to use: its parameter, `null` where it is not needed. */
export interface SenderUse {
  readonly parameter: TSESTree.Identifier | null;
}

const UNUSED: SenderUse = { parameter: null };

/**
 * Replaces what a handler does with its sender by the object that started the operation. A constant that only names the sender
 * goes, into `removed`. A handler of several objects is given the one that it is called for.
 *
 * @returns `null` when the sender is used and the object has no name there that means the same.
 */
export function senderUse(
  { context, draft }: Planner,
  fn: FunctionNode,
  { args }: CompletionHandler,
  sharing: readonly Operation[],
  removed: Set<TSESTree.Statement>,
): SenderUse | null {
  const { source } = context;
  const first = fn.params.find((parameter) => parameter.type !== "Identifier" || parameter.name !== "this");
  if (first === undefined || first === args) return UNUSED;
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
  const named = aliases.flatMap(({ alias }) =>
    readsOf(alias).map(({ identifier }) => identifier as TSESTree.Identifier),
  );
  const isAlias = (node: TSESTree.Node): boolean => aliases.some(({ statement }) => contains(statement, node));
  const uses = [...reads, ...named].filter((node) => isLive(node) && !isAlias(node));
  if (uses.length > 0 && isSeveral(sharing)) {
    const isKnown = sharing.every(({ receiver }) => receiver !== null && isConstant(source, receiver));
    return isKnown ? { parameter: first } : null;
  }
  for (const { statement } of aliases) removed.add(statement);
  if (uses.length === 0) return UNUSED;
  const [{ receiver: only }] = sharing as [Operation];
  const text = only === null ? "" : textOf(source, only);
  const isNamed = sharing.every(({ receiver, begin }) => {
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
      use.parent.type === "Property" && use.parent.shorthand ? `${use.name}: ${text}` : text,
    );
  return UNUSED;

  /** Whether the operations are of objects that go by different names. */
  function isSeveral(operations: readonly Operation[]): boolean {
    return new Set(operations.map(({ receiver }) => (receiver === null ? "" : textOf(source, receiver)))).size > 1;
  }
}
