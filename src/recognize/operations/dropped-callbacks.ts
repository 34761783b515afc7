import { moduleMemberOf } from "../../ast/modules.ts";
import type { DroppedCallback, WithDroppedCallback } from "../../dialects/dialect.ts";
import type { Context } from "../context.ts";
import { isVersionFrom, packageOf } from "../package-versions.ts";
import { describedOperationsOf } from "./described-operations.ts";
import type { DescribedOperation } from "./operation.ts";

/** A callback that is given to an operation of a package whose version has no use for it. */
export interface DroppedCallbackSite {
  readonly operation: DescribedOperation;
  readonly package: string;
  /** The version from which on it is so. */
  readonly from: string;
  /** What that version does; `gone` where the module itself is called, and is no function any more. */
  readonly does: WithDroppedCallback | "gone";
}

/** The callbacks of a file that the installed versions of packages do not call. A version that cannot be told drops nothing. */
export function droppedCallbacksOf(context: Context): DroppedCallbackSite[] {
  return describedOperationsOf(context).flatMap((operation) => droppedAt(context, operation) ?? []);
}

/** What the installed version does with the callback of an operation; `null` where it calls it, or that cannot be told. */
export function droppedAt(context: Context, operation: DescribedOperation): DroppedCallbackSite | null {
  const { call, callbacks, form, module } = operation;
  const [callback] = callbacks;
  const { dropped } = form;
  if (dropped === undefined || module === null || callback === undefined) return null;
  const name = packageOf(module);
  const isFrom = (version: string): boolean => isVersionFrom(context, name, version) === "yes";
  const { asOptions, from, self } = dropped;
  if (self !== undefined && isFrom(self.until) && moduleMemberOf(context.source, call.callee)?.path === "")
    return { operation, package: name, from: self.until, does: "gone" };
  if (!isFrom(from)) return null;
  const isOptions = asOptions !== undefined && call.arguments.indexOf(callback.argument) === asOptions.at;
  return { operation, package: name, from, does: isOptions ? asOptionsDo(asOptions, isFrom) : dropped.does };
}

/** What a version does with a callback in the place of options; where it is not told, an old one is taken for granted. */
function asOptionsDo(
  { before, does }: NonNullable<DroppedCallback["asOptions"]>,
  isFrom: (version: string) => boolean,
): WithDroppedCallback {
  return before === undefined || isFrom(before.version) ? does : before.does;
}

/** Whether an operation calls its module, which is no function in the installed version. */
export function isModuleGone(context: Context, operation: DescribedOperation): boolean {
  return droppedAt(context, operation)?.does === "gone";
}
