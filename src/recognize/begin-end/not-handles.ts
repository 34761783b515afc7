import {
  calleeOf,
  dottedName,
  entityName,
  isNothing,
  lastSegment,
  memberName,
  typeReferenceName,
  unwrap,
} from "../../ast/names.ts";
import { implementedBy } from "../../ast/optional-parts.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import { BEGIN_NAME, HANDLE_MEMBERS, HANDLE_TYPE, STATE_MEMBERS } from "../../dialects/apm.ts";
import { PLAIN_CLASSES } from "../../dialects/platform.ts";
import { isNamed } from "../annotations.ts";
import { operationsOf } from "./begin-end.ts";
import type { Context } from "../context.ts";
import { displayName } from "../display.ts";
import { endCandidates, typedHandleArgument, type EndCandidate } from "./end-calls.ts";
import { declarationsOf } from "./end-declarations.ts";
import { isHelper } from "./known-handles.ts";
import type { Operation } from "./operation.ts";
import { isAwaitable } from "../tasks/task-nature.ts";
import { natureOf } from "../tasks/tasks.ts";

/** An End that is given no handle at all. */
export interface NotAHandle {
  readonly kind: "notAHandle";
  readonly argument: TSESTree.Expression;
  readonly what: NonHandle;
}

/** What an expression is that surely is no handle; `name` is how the file writes it, or a call without its arguments. */
export type NonHandle =
  | { readonly kind: "array" | "function" | "object" | "string" }
  | { readonly kind: "literal" | "new" | "endResult" | "task" | "promise" | "member"; readonly name: string };

/** Finds an End none of whose arguments can be a handle; `null` where one may be, or where the call may be no End. */
export function notAHandle(context: Context, end: EndCandidate): NotAHandle | null {
  const [argument] = end.call.arguments;
  if (
    argument === undefined ||
    argument.type === "SpreadElement" ||
    !isKnownEnd(context, end) ||
    isHelper(context, end)
  )
    return null;
  if (typedHandleArgument(context, end.call) !== null) return null;
  const found = end.call.arguments.map((each) => nonHandle(context, each));
  const [what] = found;
  return what == null || found.includes(null) ? null : { kind: "notAHandle", argument, what };
}

/** Whether the file begins an operation of the name, or declares that the End takes a handle. */
function isKnownEnd(context: Context, { call, receiver, stem }: EndCandidate): boolean {
  // Elements and groups are begun and ended as well, but what begins them returns nothing that anybody keeps.
  const isTold = ({ destination, witnesses }: Operation): boolean =>
    destination.kind !== "discarded" || [...witnesses].some((witness) => witness !== "null-tail");
  if (operationsOf(context).some((operation) => operation.stem === stem && isTold(operation))) return true;
  const { name } = calleeOf(call)!;
  return (
    receiver !== null &&
    declarationsOf(context, receiver, (member) => member === name).some(({ member }) => takesHandle(member))
  );
}

function takesHandle(member: TSESTree.ClassElement | TSESTree.TypeElement): boolean {
  const owner = "value" in member ? member.value : member;
  const params: readonly TSESTree.Node[] = owner !== null && "params" in owner ? owner.params : [];
  return params.some(
    (parameter) =>
      parameter.type === "Identifier" &&
      isNamed(typeReferenceName(parameter.typeAnnotation?.typeAnnotation), HANDLE_TYPE),
  );
}

function nonHandle(context: Context, argument: TSESTree.Node): NonHandle | null {
  const written = unwrap(argument);
  const variable = variableOf(context.source, written);
  const node = unwrap((variable === null ? null : onlyValueOf(variable)) ?? written);
  if (isNothing(node)) return { kind: "literal", name: textOf(context.source, node) };
  switch (node.type) {
    case "Literal":
      return node.raw.length > 40 ? { kind: "string" } : { kind: "literal", name: node.raw };
    case "TemplateLiteral":
      return { kind: "string" };
    case "ArrayExpression":
      return { kind: "array" };
    case "ArrowFunctionExpression":
    case "FunctionExpression":
      return { kind: "function" };
    case "ObjectExpression":
      return node.properties.every(isPlainProperty) ? { kind: "object" } : null;
    case "NewExpression":
      return isPlainClass(context, node.callee) ? { kind: "new", name: displayName(node)! } : null;
    case "CallExpression":
      return nonHandleCall(context, node);
    case "MemberExpression": {
      // The state is whatever the caller has put there; the other members are of types of their own.
      const name = memberName(node);
      return name !== null && HANDLE_MEMBERS.has(name) && !STATE_MEMBERS.has(name)
        ? { kind: "member", name: displayName(node)! }
        : null;
    }
    default:
      return null;
  }
}

/** A property that says nothing for the object being a handle made by hand. */
function isPlainProperty(property: TSESTree.ObjectLiteralElement): boolean {
  return (
    property.type === "Property" &&
    !property.computed &&
    property.key.type === "Identifier" &&
    !HANDLE_MEMBERS.has(property.key.name)
  );
}

/** Whether what a class makes is no handle: a class of the platform, or one of the file that neither is declared nor built to be one. */
function isPlainClass(context: Context, callee: TSESTree.Expression): boolean {
  const variable = variableOf(context.source, unwrap(callee));
  if (variable === null) return PLAIN_CLASSES.has(dottedName(callee) ?? "");
  const owner = variable.defs[0]?.node;
  if (owner?.type !== "ClassDeclaration" || owner.superClass !== null || variable.defs.length !== 1) return false;
  if (implementedBy(owner).some(({ expression }) => lastSegment(entityName(expression) ?? HANDLE_TYPE) === HANDLE_TYPE))
    return false;
  return owner.body.body.every(
    (member) => !("key" in member) || member.key.type !== "Identifier" || !HANDLE_MEMBERS.has(member.key.name),
  );
}

function nonHandleCall(context: Context, call: TSESTree.CallExpression): NonHandle | null {
  const callee = calleeOf(call);
  if (callee === null || BEGIN_NAME.test(callee.name)) return null;
  const end = endCandidates(context).find((candidate) => candidate.call === call);
  if (end !== undefined)
    return isKnownEnd(context, end) && !isHelper(context, end) ? { kind: "endResult", name: callee.name } : null;
  const nature = natureOf(context, call);
  return isAwaitable(nature) && nature.isCertain ? { kind: nature.kind, name: displayName(call)! } : null;
}
