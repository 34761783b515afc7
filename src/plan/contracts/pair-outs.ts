import { enclosingFunction } from "../../ast/functions.ts";
import { wrapped } from "../../ast/names.ts";
import { variableOf } from "../../ast/scopes.ts";
import { isAlwaysBefore } from "../../ast/flow.ts";
import { textOf, type FunctionNode, type TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { HOLDER_MEMBERS } from "../../dialects/by-reference.ts";
import type { Context } from "../../recognize/context.ts";
import { targetOf } from "../../recognize/contracts/contract-members.ts";
import type { DeclaredPair } from "../../recognize/contracts/contract-pairs.ts";
import { isTypeScript } from "../call-text.ts";
import { givesNothing, RESULT } from "./pair-signature.ts";
import type { TextEdit } from "../types.ts";

/** The calls of another pair to which holders are passed on. */
export interface PassedOn {
  readonly begin: TSESTree.Node;
  readonly end: TSESTree.Node;
}

/** What becomes of the holders in the bodies of a pair: the values are variables, and each `return` gives them all. */
export interface OutEdits {
  readonly edits: readonly TextEdit[];
  /** Variables to declare before the body. */
  readonly declared: readonly string[];
  /** What to return where the End falls off its end; `null` where it gives one value at most. */
  readonly last: string | null;
}

const NONE: OutEdits = { edits: [], declared: [], last: null };

/**
 * Rewrites what the bodies of a pair do with holders. `null` where a holder is more than asked for its value and given one.
 *
 * @param passedOn the call of another End that gives all values as they are, and the call of its Begin
 */
export function outEdits(context: Context, pair: DeclaredPair, passedOn: PassedOn | null): OutEdits | null {
  const [begin, end] = [pair.begin.fn!, pair.end.fn!];
  const held = pair.inputs.filter((input) => input.held !== undefined);
  if (pair.outs.length === 0 && held.length === 0) return NONE;
  const edits: TextEdit[] = [];
  const declared: string[] = [];
  for (const { name } of held) {
    const values = name === null ? null : valuesOf(context, begin, name, passedOn?.begin ?? null);
    if (values === null) return null;
    edits.push(...values.map(({ member }) => ({ range: member.range, text: name! })));
  }
  for (const { name } of pair.outs) {
    const values = valuesOf(context, end, name, passedOn?.end ?? null);
    if (values === null) return null;
    // What a holder holds when the End is called is its caller's, and no one knows that here.
    if (
      values.some(
        (value) =>
          !isAssigned(value.member) &&
          !values.some(({ member }) => isAssigned(member) && isAlwaysBefore(member.parent!, value.member)),
      )
    )
      return null;
    const [only, more] = values.filter(({ isWritten }) => isWritten);
    const isInput = held.some((input) => input.name === name);
    const statement = only?.member.parent?.parent;
    // Written once, and read after that only: a constant where it gets its value.
    const isConstant =
      !isInput &&
      only !== undefined &&
      more === undefined &&
      isAssigned(only.member) &&
      statement?.type === "ExpressionStatement" &&
      statement.parent === end.body &&
      areReadBehind(context, end, values, statement);
    edits.push(
      ...values.map((value) => ({
        range: value.member.range,
        text: value === only && isConstant ? `const ${name}` : name,
      })),
    );
    if (!isInput && !isConstant && passedOn === null) declared.push(declaration(context, pair, name));
  }
  if (pair.outs.length === 0) return { edits, declared, last: null };
  const names = pair.outs.map(({ name }) => name);
  const isReturn = (node: TSESTree.Node): node is TSESTree.ReturnStatement => node.type === "ReturnStatement";
  for (const statement of findAll(end.body, context.source.visitorKeys, isReturn, { intoFunctions: false })) {
    const { argument } = statement;
    if (argument !== null && argument === passedOn?.end) continue;
    if (argument === null || givesNothing(pair)) {
      if (argument !== null) return null;
      edits.push({
        range: [statement.range[0] + "return".length, statement.range[0] + "return".length],
        text: ` { ${names.join(", ")} }`,
      });
      continue;
    }
    const isNamed = argument.type === "Identifier" && argument.name === RESULT;
    edits.push(
      { range: [argument.range[0], argument.range[0]], text: isNamed ? "{ " : `{ ${RESULT}: ` },
      { range: [argument.range[1], argument.range[1]], text: `, ${names.join(", ")} }` },
    );
  }
  return { edits, declared, last: passedOn === null && givesNothing(pair) ? `{ ${names.join(", ")} }` : null };
}

/** Whether a member is given a value without being read. */
function isAssigned(member: TSESTree.Node): boolean {
  return (
    member.parent?.type === "AssignmentExpression" && member.parent.left === member && member.parent.operator === "="
  );
}

/** `let total!: number;` */
function declaration(context: Context, pair: DeclaredPair, name: string): string {
  const held = pair.outs.find((out) => out.name === name)?.held;
  const type = held === undefined || held === "unknown" ? "any" : textOf(context.source, held);
  return isTypeScript(context.source.filePath) ? `let ${name}!: ${type}` : `let ${name}`;
}

/** The places in a function where a holder's value is read or written; `null` where the holder itself is used. */
function valuesOf(
  context: Context,
  fn: FunctionNode,
  name: string,
  passedOn: TSESTree.Node | null,
): { member: TSESTree.Node; isWritten: boolean }[] | null {
  const parameter = fn.params
    .map((each) => targetOf(each))
    .find((target) => target.type === "Identifier" && target.name === name);
  const variable = parameter === undefined ? null : variableOf(context.source, parameter);
  if (variable === null) return null;
  const found: { member: TSESTree.Node; isWritten: boolean }[] = [];
  for (const { identifier } of variable.references) {
    const node = identifier as TSESTree.Node;
    if (passedOn !== null && passedOn.range[0] <= node.range[0] && node.range[1] <= passedOn.range[1]) continue;
    const member = wrapped(node).parent;
    if (
      member?.type !== "MemberExpression" ||
      member.computed ||
      member.object !== wrapped(node) ||
      !HOLDER_MEMBERS.has((member.property as TSESTree.Identifier).name)
    )
      return null;
    const { parent } = member;
    const isWritten =
      parent.type === "UpdateExpression" || (parent.type === "AssignmentExpression" && parent.left === member);
    found.push({ member, isWritten });
  }
  return found;
}

function areReadBehind(
  { source }: Context,
  end: FunctionNode,
  values: readonly { member: TSESTree.Node; isWritten: boolean }[],
  statement: TSESTree.Node,
): boolean {
  const isReturn = (node: TSESTree.Node): node is TSESTree.ReturnStatement => node.type === "ReturnStatement";
  const returns = findAll(end.body, source.visitorKeys, isReturn, { intoFunctions: false });
  return (
    values.every(
      ({ member, isWritten }) => isWritten || (enclosingFunction(member) === end && isAlwaysBefore(statement, member)),
    ) && returns.every((each) => isAlwaysBefore(statement, each))
  );
}
