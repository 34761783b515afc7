import type { FunctionNode } from "../../ast/source.ts";
import { AWS_LAMBDA, type ExportingHost } from "../../dialects/completion-parameters.ts";
import type { Context } from "../context.ts";
import { exportedHandlersOf, type ExportedHandler } from "./exported-handlers.ts";

/** The hosts that call what modules export. */
const HOSTS = [AWS_LAMBDA];

/** A function that a host calls with a completion parameter. */
export interface HostedFunction {
  readonly handler: ExportedHandler;
  readonly host: ExportingHost;
}

const known = new WeakMap<Context, ReadonlyMap<FunctionNode, HostedFunction>>();

/** The functions of a file that a host calls with a completion parameter. */
export function hostedFunctionsOf(context: Context): ReadonlyMap<FunctionNode, HostedFunction> {
  let found = known.get(context);
  if (found === undefined) {
    const hosted = HOSTS.flatMap((host) => exportedHandlersOf(context, host).map((handler) => ({ handler, host })));
    known.set(context, (found = new Map(hosted.map((each) => [each.handler.fn, each]))));
  }
  return found;
}
