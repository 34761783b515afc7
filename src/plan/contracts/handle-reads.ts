import type { Context } from "../../recognize/context.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { variableOf, readsOf, onlyValueOf } from "../../ast/scopes.ts";
import { wrapped, memberName, unwrap } from "../../ast/names.ts";
import type { ClassNode } from "../../recognize/classes.ts";
import type { DeclaredPair } from "../../recognize/contracts/contract-pairs.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import type { Forwarding } from "./pair-forwarding.ts";
import { constructorOf } from "../../recognize/contracts/handle-classes.ts";
import { handleWaitsIn } from "./pair-waits.ts";
import { contains, loopAround } from "../../ast/flow.ts";
import { endCandidates } from "../../recognize/begin-end/end-calls.ts";
import { enclosingFunction } from "../../ast/functions.ts";
import { isPure } from "../purity.ts";
import { findAll } from "../../ast/walk.ts";

/** The field of `this` to which a function assigns one of its parameters, or which such a parameter is. */
export function fieldGiven({ source }: Context, fn: FunctionNode, index: number): string | null {
  const parameter = fn.params[index];
  if (parameter?.type === "TSParameterProperty")
    return parameter.parameter.type === "Identifier" ? parameter.parameter.name : null;
  const variable = parameter?.type === "Identifier" ? variableOf(source, parameter) : null;
  for (const { identifier } of variable === null ? [] : readsOf(variable)) {
    const place = wrapped(identifier);
    const { parent } = place;
    if (
      parent?.type === "AssignmentExpression" &&
      parent.operator === "=" &&
      parent.right === place &&
      parent.left.type === "MemberExpression" &&
      parent.left.object.type === "ThisExpression"
    )
      return memberName(parent.left);
  }
  return null;
}

interface Handle {
  readonly creation: TSESTree.NewExpression;
  readonly handleClass: ClassNode;
  /** The field with the handle of the other operation. */
  readonly inner: string;
}

/** What the End does with the own handle, written without it; `null` where it does more than read what is known. */
export function endReads(
  context: Context,
  pair: DeclaredPair,
  operation: Operation,
  { creation, handleClass, inner }: Handle,
): Required<Pick<Forwarding, "taken" | "edits" | "gone">> | null {
  const { source } = context;
  const end = pair.end.fn!;
  const parameter = variableOf(source, pair.handle);
  const constructor = constructorOf(handleClass);
  if (parameter === null || constructor === null || end.body.type !== "BlockStatement") return null;
  const [first] = readsOf(parameter);
  const declarator = first === undefined ? undefined : wrapped(first.identifier).parent;
  const alias =
    declarator?.type === "VariableDeclarator" &&
    declarator.parent.declarations.length === 1 &&
    declarator.parent.parent === end.body
      ? variableOf(source, declarator.id)
      : null;
  const reads = alias === null ? readsOf(parameter) : readsOf(alias);
  if (alias !== null && (readsOf(parameter).length !== 1 || onlyValueOf(alias) === null)) return null;
  const fields = new Map(
    constructor.params.flatMap((_, index) => {
      const name = fieldGiven(context, constructor, index);
      return name === null || creation.arguments[index] === undefined
        ? []
        : [[name, creation.arguments[index]] as const];
    }),
  );
  let taken: TSESTree.CallExpression | null = null;
  const edits: { range: TSESTree.Range; from: TSESTree.Node }[] = [];
  const waits = handleWaitsIn(context, pair);
  for (const { identifier } of reads) {
    if (waits.some((statement) => contains(statement, identifier))) continue;
    const member = wrapped(identifier).parent;
    if (member?.type !== "MemberExpression" || member.object !== wrapped(identifier)) return null;
    const name = memberName(member);
    const value = name === null ? undefined : fields.get(name);
    const ended =
      name === inner
        ? endCandidates(context).find(
            ({ call, stem }) =>
              stem === operation.stem && call.arguments.length === 1 && unwrap(call.arguments[0]!) === member,
          )
        : undefined;
    if (ended !== undefined) {
      if (taken !== null || enclosingFunction(ended.call) !== end) return null;
      taken = ended.call;
    } else if (
      value !== undefined &&
      value.type !== "SpreadElement" &&
      isPure(value) &&
      isNeverAssigned(context, handleClass, name!) &&
      isReadInTime(context, pair, value, member)
    )
      edits.push({ range: member.range, from: value });
    else return null;
  }
  const gone = [...waits, ...(alias === null ? [] : [(declarator as TSESTree.VariableDeclarator).parent])];
  return taken === null ? null : { taken, edits, gone };
}

/** Whether a field has the value that the constructor was given, all the time. */
function isNeverAssigned({ source }: Context, handleClass: ClassNode, name: string): boolean {
  const isWrite = (node: TSESTree.Node): node is TSESTree.AssignmentExpression =>
    node.type === "AssignmentExpression" && node.left.type === "MemberExpression" && memberName(node.left) === name;
  const constructor = constructorOf(handleClass);
  return findAll(source.ast, source.visitorKeys, isWrite).every((node) => enclosingFunction(node) === constructor);
}

/** Whether what a holder held at the Begin is still in it where the End reads it: before the End gives the holder another value. */
function isReadInTime(context: Context, pair: DeclaredPair, value: TSESTree.Node, read: TSESTree.Node): boolean {
  const { source } = context;
  const held = pair.inputs.filter(
    (input) =>
      input.held !== undefined &&
      source.text
        .slice(...value.range)
        .match(/[\w$]+/g)
        ?.includes(input.name ?? "") === true,
  );
  const isWrite = (node: TSESTree.Node): node is TSESTree.AssignmentExpression =>
    node.type === "AssignmentExpression" &&
    node.left.type === "MemberExpression" &&
    held.some(
      ({ name }) =>
        unwrap((node.left as TSESTree.MemberExpression).object).type === "Identifier" &&
        (unwrap((node.left as TSESTree.MemberExpression).object) as TSESTree.Identifier).name === name,
    );
  return (
    loopAround(read, pair.end.fn!) === null &&
    findAll(pair.end.fn!.body, source.visitorKeys, isWrite).every((node) => read.range[1] <= node.range[1])
  );
}
