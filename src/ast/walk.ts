import type { TSESTree } from "@typescript-eslint/types";

/** The fields of each node kind that hold nodes, as the parser tells them. */
export type VisitorKeys = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * Calls `visit` for a node and everything below it, parents first. `visit` returns `false` to pass over a subtree.
 * Fields that are not in `visitorKeys` (of an AST newer than us) are not entered.
 */
export function walk(
  root: TSESTree.Node,
  visitorKeys: VisitorKeys,
  visit: (node: TSESTree.Node) => boolean | void,
): void {
  if (visit(root) === false) return;
  const keys = visitorKeys[root.type];
  if (keys === undefined) return;
  // Plain loops: this runs over every node of every candidate file, and iterators cost a third more.
  for (let k = 0; k < keys.length; k++) {
    const child = (root as unknown as Record<string, unknown>)[keys[k]!];
    if (Array.isArray(child)) {
      const items = child as unknown[];
      for (let i = 0; i < items.length; i++) {
        const item = items[i];
        if (isNode(item)) walk(item, visitorKeys, visit);
      }
    } else if (isNode(child)) {
      walk(child, visitorKeys, visit);
    }
  }
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === "object" && value !== null && "type" in value;
}

/** Sets `parent` below `root`, as ESLint does before it runs rules; the parser leaves it out. */
export function linkParents(root: TSESTree.Node, visitorKeys: VisitorKeys): void {
  const keys = visitorKeys[root.type];
  if (keys === undefined) return;
  // Plain loops, as above.
  for (let k = 0; k < keys.length; k++) {
    const child = (root as unknown as Record<string, unknown>)[keys[k]!];
    if (Array.isArray(child)) {
      const items = child as unknown[];
      for (let i = 0; i < items.length; i++)
        if (isNode(items[i])) linkParent(items[i] as TSESTree.Node, root, visitorKeys);
    } else if (isNode(child)) {
      linkParent(child, root, visitorKeys);
    }
  }
}

function linkParent(node: TSESTree.Node, parent: TSESTree.Node, visitorKeys: VisitorKeys): void {
  (node as { parent: TSESTree.Node }).parent = parent;
  linkParents(node, visitorKeys);
}

/** The nodes of `root` (itself included) for which `test` holds; functions below it are entered only with `intoFunctions`. */
export function findAll<T extends TSESTree.Node>(
  root: TSESTree.Node,
  visitorKeys: VisitorKeys,
  test: (node: TSESTree.Node) => node is T,
  options: { intoFunctions: boolean } = { intoFunctions: true },
): T[] {
  const found: T[] = [];
  walk(root, visitorKeys, (node) => {
    if (test(node)) found.push(node);
    return options.intoFunctions || node === root || !isFunctionBoundary(node);
  });
  return found;
}

function isFunctionBoundary(node: TSESTree.Node): boolean {
  return (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression" ||
    node.type === "ClassDeclaration" ||
    node.type === "ClassExpression"
  );
}

/** A node and what is around it, from the inside out. */
export function withAncestors(node: TSESTree.Node): TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  for (let current: TSESTree.Node | undefined | null = node; current; current = current.parent) found.push(current);
  return found;
}

/** Whether a node is one of some, or lies in one. */
export function isWithinSome(node: TSESTree.Node, some: ReadonlySet<TSESTree.Node>): boolean {
  return withAncestors(node).some((ancestor) => some.has(ancestor));
}
