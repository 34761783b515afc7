import { keyName, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { globalPathOf } from "../../ast/globals.ts";
import type { Variable } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import type { OutcomePart, OutcomePlace, StatusValue } from "../../dialects/dialect.ts";
import type { Context } from "../context.ts";
import { ambientReadsIn } from "./ambient-reads.ts";
import { redeclaredReferences } from "./redeclared.ts";
import type { CalledOn, DescribedOperation, OutcomeRead, ReadRole } from "./operation.ts";

/** The parts of an outcome that a function may be told, by when it is called. */
export function partsTold({ form }: DescribedOperation, on: CalledOn): readonly OutcomePart[] {
  return form.outcome.filter(({ role }) =>
    on === "success" ? role !== "error" : on === "failure" ? role !== "value" : true,
  );
}

/** Where the code that is called back reads the outcome, in source order for each function. */
export function outcomeReads(context: Context, operation: DescribedOperation): readonly OutcomeRead[] {
  const reads: OutcomeRead[] = [];
  for (const { on, ...callback } of operation.callbacks)
    if (callback.kind === "function") {
      const parts = partsTold(operation, on);
      reads.push(
        ...callback.fn.params.flatMap((_, index) => parameterReads(context.source, callback.fn, index, parts)),
      );
      for (const part of parts) reads.push(...ambientReads(context, callback.fn, part));
    }
  return [...reads, ...objectReads(context.source, operation)];
}

/** What a part of the outcome is called. */
function nameOf(part: OutcomePart): string {
  return part.role === "value" ? part.name : part.role;
}

function parameterReads(
  source: Source,
  fn: FunctionNode,
  index: number,
  parts: readonly OutcomePart[],
): readonly OutcomeRead[] {
  const parameter = fn.params[index]!;
  const told = membersOf(parts, (place) => place.in === "parameter" && place.index === index);
  const direct = told.find(({ member }) => member === null)?.part;
  const declared = source.scopeManager.getDeclaredVariables(fn);
  const variablesIn = (node: TSESTree.Node): Variable[] =>
    declared.filter(({ identifiers }) =>
      identifiers.some(({ range }) => node.range[0] <= range[0] && range[1] <= node.range[1]),
    );
  if (direct !== undefined)
    return variablesIn(parameter).flatMap((variable) => {
      const own = direct.role === "error" ? redeclaredReferences(fn, variable) : null;
      return readsOfVariable(variable).flatMap((node) =>
        own?.has(node) === true ? [] : [readAt(source, direct, node, parameter as TSESTree.BindingName)],
      );
    });
  if (told.length === 0) return [];
  if (parameter.type === "Identifier")
    return variablesIn(parameter).flatMap((variable) =>
      readsOfVariable(variable).map((node) => memberRead(source, told, node)),
    );
  if (parameter.type !== "ObjectPattern") return [whole(parameter)];
  return parameter.properties.flatMap((property) => {
    const key = property.type === "Property" ? keyName(property) : null;
    const part = told.find(({ member }) => member === key)?.part;
    const deeper = told.flatMap((each) =>
      key !== null && each.member?.startsWith(`${key}.`) === true
        ? [{ ...each, member: each.member.slice(key.length + 1) }]
        : [],
    );
    const target = property.value;
    if (target?.type !== "Identifier" || (part === undefined && deeper.length === 0)) return [whole(property)];
    return variablesIn(target).flatMap((variable) =>
      readsOfVariable(variable).map((node) =>
        part === undefined ? memberRead(source, deeper, node) : readAt(source, part, node, target),
      ),
    );
  });
}

function readsOfVariable({ references }: Variable): TSESTree.Node[] {
  return references.map(({ identifier }) => identifier as TSESTree.Node);
}

function ambientReads(context: Context, fn: FunctionNode, part: OutcomePart): readonly OutcomeRead[] {
  return part.at.flatMap((place) => {
    if (place.in !== "global") return [];
    const { later, own } = ambientReadsIn(context, place.path, fn);
    return [
      ...own.map((node) => readAt(context.source, part, node, null)),
      ...later.map((node): OutcomeRead => ({ role: "late", name: "late", node, declared: null })),
    ];
  });
}

/** The reads of the object that the call has given; every other use of it is one of the whole. */
function objectReads(source: Source, { form, object }: DescribedOperation): readonly OutcomeRead[] {
  if (object === null || object.variable === null) return [];
  const told = membersOf(form.outcome, (place) => place.in === "object");
  return readsOfVariable(object.variable)
    .filter((node) => !object.names.has(node))
    .map((node) => memberRead(source, told, node));
}

interface ToldMember {
  readonly part: OutcomePart;
  readonly member: string | null;
}

function membersOf(parts: readonly OutcomePart[], isThere: (place: OutcomePlace) => boolean): readonly ToldMember[] {
  return parts.flatMap((part) =>
    part.at.filter(isThere).map((place) => ({ part, member: place.in === "global" ? null : (place.member ?? null) })),
  );
}

/** The part of the outcome that is read as a member of what a name stands for. */
function memberRead(source: Source, told: readonly ToldMember[], name: TSESTree.Node): OutcomeRead {
  let path = "";
  for (let node = wrapped(name), { parent } = node; parent?.type === "MemberExpression"; { parent } = node) {
    const member = parent.object === node ? memberName(parent) : null;
    if (member === null) break;
    path = path === "" ? member : `${path}.${member}`;
    const part = told.find((each) => each.member === path)?.part;
    if (part !== undefined) return isOnlyRead(parent) ? readAt(source, part, parent, null) : whole(name);
    node = wrapped(parent);
  }
  return whole(name);
}

/** Whether a member is not assigned to, deleted, or called as a method of what it is a member of. */
function isOnlyRead(member: TSESTree.MemberExpression): boolean {
  const outer = wrapped(member);
  const { parent } = outer;
  switch (parent?.type) {
    case "AssignmentExpression":
      return parent.left !== outer;
    case "CallExpression":
    case "TaggedTemplateExpression":
      return (parent.type === "CallExpression" ? parent.callee : parent.tag) !== outer;
    case "UnaryExpression":
      return parent.operator !== "delete";
    case "UpdateExpression":
    case "ForInStatement":
    case "ForOfStatement":
    case "ArrayPattern":
    case "RestElement":
    case "AssignmentPattern":
      return false;
    case "Property":
      return parent.parent.type !== "ObjectPattern";
    default:
      return true;
  }
}

function readAt(
  source: Source,
  part: OutcomePart,
  node: TSESTree.Node,
  declared: TSESTree.BindingName | null,
): OutcomeRead {
  if (part.role !== "status") return { role: part.role, name: nameOf(part), node, declared };
  const outer = wrapped(node);
  const { parent } = outer;
  if (parent?.type !== "BinaryExpression" || !/^[!=]==?$/.test(parent.operator)) return whole(node);
  const other = parent.left === outer ? parent.right : parent.left;
  const is = (value: StatusValue): boolean =>
    globalPathOf(source, other) === value.path ||
    (unwrap(other).type === "Literal" && (unwrap(other) as TSESTree.Literal).value === value.text);
  const asked: ReadRole | null = is(part.failed) ? "failed" : is(part.succeeded) ? "succeeded" : null;
  if (asked === null) return whole(node);
  const isDenied = parent.operator.startsWith("!");
  const role = isDenied ? (asked === "failed" ? "succeeded" : "failed") : asked;
  return { role, name: role, node: parent, declared: null };
}

function whole(node: TSESTree.Node): OutcomeRead {
  return { role: "whole", name: "whole", node, declared: null };
}
