import { classOf } from "../ast/functions.ts";
import { dottedName, memberName, unwrap } from "../ast/names.ts";
import { nodesOf } from "../ast/node-index.ts";
import { isSameReference, variableOf, writesOf } from "../ast/scopes.ts";
import type { TSESTree } from "../ast/source.ts";
import { SIZE_MEMBERS, SIZE_MUTATORS } from "../dialects/busy-wait.ts";
import type { Context } from "./context.ts";

/** The places that change what `reference` reads: writes of the variable, or of the member and of what holds it. */
export function changesOf(context: Context, reference: TSESTree.Node): readonly TSESTree.Node[] {
  const node = unwrap(reference);
  if (node.type === "Identifier") {
    const variable = variableOf(context.source, node);
    return variable === null ? [] : writesOf(variable).map(({ identifier }) => identifier as TSESTree.Node);
  }
  const path = node.type === "MemberExpression" ? dottedName(node) : null;
  if (node.type !== "MemberExpression" || path === null) return [];
  const { written, resized } = memberChanges(context);
  const writes = (written.get(path) ?? []).filter((member) => isSamePlace(context, member, node));
  const mutations = SIZE_MEMBERS.has(memberName(node)!)
    ? (resized.get(dottedName(node.object)!) ?? []).filter((member) => isSamePlace(context, member.object, node.object))
    : [];
  return [...writes, ...mutations, ...changesOf(context, node.object)];
}

/** The same variable or member, and where it hangs on `this`, of the same class. */
function isSamePlace(context: Context, left: TSESTree.Node, right: TSESTree.Node): boolean {
  return isSameReference(context.source, left, right) && thisClass(left) === thisClass(right);
}

function thisClass(reference: TSESTree.Node): TSESTree.Node | null {
  const node = unwrap(reference);
  if (node.type === "MemberExpression") return thisClass(node.object);
  return node.type === "ThisExpression" ? classOf(node) : null;
}

type MembersByPath = Map<string, TSESTree.MemberExpression[]>;

interface MemberChanges {
  /** Members that are assigned to, by their own path. */
  readonly written: MembersByPath;
  /** Methods that are called and change the size of their object, by the object's path. */
  readonly resized: MembersByPath;
}

const changes = new WeakMap<Context, MemberChanges>();

function memberChanges(context: Context): MemberChanges {
  let known = changes.get(context);
  if (known === undefined) {
    known = { written: new Map(), resized: new Map() };
    for (const member of nodesOf(context.source).of("MemberExpression")) {
      const { parent } = member;
      if ((parent.type === "AssignmentExpression" && parent.left === member) || parent.type === "UpdateExpression")
        add(known.written, dottedName(member), member);
      else if (
        parent.type === "CallExpression" &&
        parent.callee === member &&
        SIZE_MUTATORS.has(memberName(member) ?? "")
      )
        add(known.resized, dottedName(member.object), member);
    }
    changes.set(context, known);
  }
  return known;
}

function add(members: MembersByPath, path: string | null, member: TSESTree.MemberExpression): void {
  if (path === null) return;
  const list = members.get(path);
  if (list === undefined) members.set(path, [member]);
  else list.push(member);
}
