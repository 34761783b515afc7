import { loopAround } from "../../ast/flow.ts";
import { enclosingFunction } from "../../ast/functions.ts";
import type { Variable } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";

/**
 * The references of a parameter that mean a variable of the function's own, which has the same name: `var err = new Error("…")` behind the code that
 * reads the parameter. Nothing where a reference may mean either.
 */
export function redeclaredReferences(fn: FunctionNode, { references }: Variable): ReadonlySet<TSESTree.Node> {
  const nodes = references.map(({ identifier }) => identifier as TSESTree.Node);
  const blocks: (readonly [start: number, end: number])[] = [];
  const starts: TSESTree.VariableDeclaration[] = [];
  for (const reference of references) {
    if (!reference.isWrite()) continue;
    const declarator = (reference.identifier as TSESTree.Node).parent;
    const declaration = declarator?.type === "VariableDeclarator" ? declarator.parent : null;
    const block = declaration?.parent;
    if (declaration?.kind !== "var" || block?.type !== "BlockStatement") {
      // What is written behind its declaration is the variable's own.
      if (reference.isRead() || !isIn(blocks, (reference.identifier as TSESTree.Node).range[0])) return NONE;
      continue;
    }
    // The value that the variable is given may read the parameter.
    blocks.push([declaration.range[0], block.range[1]]);
    starts.push(declaration);
  }
  const [first] = starts;
  if (first === undefined) return NONE;
  const own = new Set(nodes.filter(({ range }) => isIn(blocks, range[0])));
  const others = nodes.filter((node) => !own.has(node));
  const isClear =
    others.every((node) => node.range[0] < first.range[0] && enclosingFunction(node) === fn) &&
    starts.every((each) =>
      loopsAround(each, fn).every((loop) => others.every(({ range }) => range[1] <= loop.range[0])),
    ) &&
    starts.every(({ declarations }) => declarations.length === 1 && !readsItself(declarations[0], nodes));
  return isClear ? own : NONE;
}

const NONE: ReadonlySet<TSESTree.Node> = new Set();

function loopsAround(node: TSESTree.Node, fn: FunctionNode): TSESTree.Node[] {
  const loop = loopAround(node, fn);
  return loop === null ? [] : [loop, ...loopsAround(loop, fn)];
}

function isIn(ranges: readonly (readonly [start: number, end: number])[], place: number): boolean {
  return ranges.some(([start, end]) => start <= place && place < end);
}

function readsItself({ init }: TSESTree.VariableDeclarator, nodes: readonly TSESTree.Node[]): boolean {
  return init !== null && nodes.some(({ range }) => init.range[0] <= range[0] && range[1] <= init.range[1]);
}
