import { calleeOf, unwrap } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { TSESTree } from "../../ast/source.ts";
import { END_NAME, HANDLE_TYPE } from "../../dialects/apm.ts";
import { declaredType, isNamed } from "../annotations.ts";
import { typeReferenceName } from "../../ast/names.ts";
import type { Context } from "../context.ts";
import type { EndCall } from "./operation.ts";

/** A call named like an End; which argument is the handle, if any, is decided by where the handle comes from. */
export interface EndCandidate {
  readonly call: TSESTree.CallExpression;
  readonly stem: string;
  readonly receiver: TSESTree.Expression | null;
  readonly nameNode: TSESTree.Node;
}

const candidates = new WeakMap<Context, readonly EndCandidate[]>();

/** The calls of a file that are named like an End and take at least one argument. */
export function endCandidates(context: Context): readonly EndCandidate[] {
  let known = candidates.get(context);
  if (known === undefined) {
    known = nodesOf(context.source)
      .of("CallExpression")
      .flatMap((call) => {
        const candidate = endCandidate(call);
        return candidate === null ? [] : [candidate];
      });
    candidates.set(context, known);
  }
  return known;
}

function endCandidate(call: TSESTree.CallExpression): EndCandidate | null {
  if (call.arguments.length === 0) return null;
  const callee = calleeOf(call);
  const stem = callee === null ? undefined : END_NAME.exec(callee.name)?.[1];
  return callee === null || stem === undefined
    ? null
    : { call, stem, receiver: callee.receiver, nameNode: callee.nameNode };
}

/** The End call in whose argument list an expression (a handle) stands, or `null`. */
export function endTaking(handle: TSESTree.Node): EndCall | null {
  const { parent } = handle;
  if (parent?.type !== "CallExpression" || !parent.arguments.includes(handle as TSESTree.Expression)) return null;
  const candidate = endCandidate(parent);
  if (candidate === null) return null;
  return {
    ...candidate,
    handle: handle as TSESTree.Expression,
    extraArguments: parent.arguments.filter((argument) => argument !== handle),
  };
}

/** The argument of an End that is declared to be a handle (`ar: IAsyncResult`, `x as IAsyncResult`), or `null`. */
export function typedHandleArgument(context: Context, call: TSESTree.CallExpression): TSESTree.Expression | null {
  for (const argument of call.arguments) {
    if (argument.type === "SpreadElement") continue;
    if (isNamed(typeReferenceName(declaredType(context, argument)), HANDLE_TYPE)) return argument;
    const node = unwrap(argument);
    if (node.type === "Identifier" && context.types?.namesOf(node).some((name) => isNamed(name, HANDLE_TYPE)))
      return argument;
  }
  return null;
}
