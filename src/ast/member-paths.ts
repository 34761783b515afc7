import { calleeOf, memberName, unwrap, wrapped } from "./names.ts";
import type { TSESTree } from "./source.ts";

/** The members on the way from an object to a part of it; `null` for one that the text does not fix, such as `rows[i]`. */
export type MemberPath = readonly (string | null)[];

/** What is read of an object: the path from it to what is used as a whole. A method is called on the whole object. */
export function pathRead(object: TSESTree.Node): MemberPath {
  const path: (string | null)[] = [];
  for (let node = wrapped(object); ; node = wrapped(node.parent)) {
    const { parent } = node;
    if (parent?.type !== "MemberExpression" || parent.object !== node) return path;
    const call = wrapped(parent).parent;
    if (call?.type === "CallExpression" && calleeOf(call)?.nameNode === parent.property) return path;
    path.push(segmentOf(parent));
  }
}

/** The path from an object to a member expression over it, by how many members there are between them. */
export function pathOf(expression: TSESTree.Node, length: number): MemberPath {
  const path: (string | null)[] = [];
  for (
    let node = unwrap(expression);
    path.length < length && node.type === "MemberExpression";
    node = unwrap(node.object)
  )
    path.unshift(segmentOf(node));
  return path;
}

function segmentOf(member: TSESTree.MemberExpression): string | null {
  const index = unwrap(member.property);
  if (member.computed && index.type === "Literal" && typeof index.value === "number") return String(index.value);
  return memberName(member);
}

/** Whether two paths surely lead to the same part of an object, or one of them to a part of the other's. */
export function overlaps(left: MemberPath, right: MemberPath): boolean {
  return left.every((segment, index) => index >= right.length || (segment !== null && segment === right[index]));
}
