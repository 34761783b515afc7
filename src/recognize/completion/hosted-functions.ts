import type { FunctionNode } from "../../ast/source.ts";
import { AWS_LAMBDA } from "../../dialects/completion-parameters.ts";
import type { Context } from "../context.ts";
import { exportedHandlersOf, type ExportedHandler } from "./exported-handlers.ts";

/** The hosts that call what modules export. */
const HOSTS = [AWS_LAMBDA];

const known = new WeakMap<Context, ReadonlyMap<FunctionNode, ExportedHandler>>();

/** The functions of a file that a host calls with a completion parameter. */
export function hostedFunctionsOf(context: Context): ReadonlyMap<FunctionNode, ExportedHandler> {
  let found = known.get(context);
  if (found === undefined) {
    const handlers = HOSTS.flatMap((host) => exportedHandlersOf(context, host));
    known.set(context, (found = new Map(handlers.map((handler) => [handler.fn, handler]))));
  }
  return found;
}
