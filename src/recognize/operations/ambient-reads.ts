import { enclosingFunction } from "../../ast/functions.ts";
import { globalPathOf } from "../../ast/globals.ts";
import { lastSegment, memberName } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { Context } from "../context.ts";
import { describedOperationsOf } from "./described-operations.ts";

/** The reads of a global in the code that one function is called back with. */
export interface AmbientReads {
  /** In the function itself. */
  readonly own: readonly TSESTree.Node[];
  /** In functions inside it, which nothing calls back for an outcome of theirs. */
  readonly later: readonly TSESTree.Node[];
}

type ByCallback = ReadonlyMap<FunctionNode, { own: TSESTree.Node[]; later: TSESTree.Node[] }>;

const known = new WeakMap<Context, Map<string, ByCallback>>();
const NONE: AmbientReads = { own: [], later: [] };

/** The reads of a global in a function that is called back. All of a file are found at once. */
export function ambientReadsIn(context: Context, path: string, fn: FunctionNode): AmbientReads {
  let byPath = known.get(context);
  if (byPath === undefined) known.set(context, (byPath = new Map<string, ByCallback>()));
  let reads = byPath.get(path);
  if (reads === undefined) byPath.set(path, (reads = readsByCallback(context, path)));
  return reads.get(fn) ?? NONE;
}

function readsByCallback(context: Context, path: string): ByCallback {
  const called = new Map(
    describedOperationsOf(context).flatMap(({ callbacks }) =>
      callbacks.flatMap((each) =>
        each.kind === "function" ? [[each.fn, { own: [] as TSESTree.Node[], later: [] as TSESTree.Node[] }]] : [],
      ),
    ),
  );
  const name = lastSegment(path);
  for (const node of nodesOf(context.source).of("MemberExpression")) {
    if (memberName(node) !== name || globalPathOf(context.source, node) !== path) continue;
    const own = enclosingFunction(node);
    for (let fn = own; fn !== null; fn = enclosingFunction(fn)) {
      const reads = called.get(fn);
      if (reads === undefined) continue;
      (fn === own ? reads.own : reads.later).push(node);
      break;
    }
  }
  return called;
}
