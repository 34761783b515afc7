import { calleeOf, dottedName, lastSegment, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { MUTATING_FUNCTIONS, MUTATORS } from "../../dialects/mutators.ts";
import { declaredType, typeNameOf } from "../annotations.ts";
import type { Context } from "../context.ts";
import { fieldOf } from "../fields.ts";

/** A place where an object is changed. */
export interface Mutation {
  /** What changes it once it has been evaluated. */
  readonly node: TSESTree.Node;
  /** The object that is changed. */
  readonly object: TSESTree.Expression;
  /** The narrow place to report: the member that is written, the method that is called. */
  readonly place: TSESTree.Node;
}

const mutations = new WeakMap<Context, readonly Mutation[]>();

/** The places of a file where an object is changed: member and index writes, `delete`, `Object.assign` and its like, methods of collections. */
export function mutationsOf(context: Context): readonly Mutation[] {
  let known = mutations.get(context);
  if (known === undefined) {
    const index = nodesOf(context.source);
    known = [
      ...index.of("MemberExpression").flatMap(memberWrite),
      ...index.of("CallExpression").flatMap((call) => mutatingCall(context, call)),
    ];
    mutations.set(context, known);
  }
  return known;
}

function memberWrite(member: TSESTree.MemberExpression): Mutation[] {
  const { parent } = member;
  const isWritten =
    (parent.type === "AssignmentExpression" && parent.left === member) ||
    parent.type === "UpdateExpression" ||
    (parent.type === "UnaryExpression" && parent.operator === "delete");
  return isWritten ? [{ node: parent, object: member.object, place: member }] : [];
}

function mutatingCall(context: Context, call: TSESTree.CallExpression): Mutation[] {
  const callee = calleeOf(call);
  if (callee === null || callee.receiver === null) return [];
  const { name, receiver } = callee;
  const [first] = call.arguments;
  if (MUTATING_FUNCTIONS.has(dottedName(call.callee) ?? "") && first !== undefined && first.type !== "SpreadElement")
    return [{ node: call, object: first, place: call.callee }];
  const candidates = MUTATORS.filter(({ methods }) => methods.has(name));
  if (candidates.length === 0) return [];
  const type = collectionType(context, receiver);
  return type !== null && candidates.some(({ types }) => types.test(type))
    ? [{ node: call, object: receiver, place: call.callee }]
    : [];
}

/** The name of a collection's type, where its declaration or its value tells; arrays of any spelling are `Array`. */
function collectionType(context: Context, receiver: TSESTree.Expression): string | null {
  const declared = declaredType(context, receiver)?.type;
  if (declared === "TSArrayType" || declared === "TSTupleType") return "Array";
  const value = valueOf(context, receiver);
  if (value?.type === "ArrayExpression") return "Array";
  // Array.from(…), Buffer.alloc(…)
  const made =
    value?.type === "CallExpression"
      ? /^(Array|Buffer)\.(?:alloc|allocUnsafe|from|of)$/.exec(dottedName(value.callee) ?? "")?.[1]
      : undefined;
  const name = made ?? typeNameOf(context, receiver);
  return name === null ? null : lastSegment(name);
}

function valueOf(context: Context, receiver: TSESTree.Expression): TSESTree.Node | null {
  const node = unwrap(receiver);
  const variable = variableOf(context.source, node);
  const values =
    node.type === "MemberExpression"
      ? (fieldOf(context, node)?.values ?? [])
      : variable === null
        ? []
        : [onlyValueOf(variable)];
  const [value] = values;
  return values.length === 1 && value != null ? unwrap(value) : null;
}
