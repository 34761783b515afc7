import { typeReferenceName } from "../../ast/names.ts";
import type { FunctionNode } from "../../ast/source.ts";
import { TASK_TYPES } from "../../dialects/tap.ts";
import { isNamed } from "../../recognize/annotations.ts";
import type { RefusalCode } from "../codes.ts";
import { isCalledByLanguage, isSynchronousByNature } from "./async-places.ts";
import { mayBeWrapped } from "./decorators.ts";
import type { Reach } from "./reach.ts";
import { resultAnnotations } from "./signatures.ts";

/**
 * What keeps a function from becoming async in its own right, its callers aside; `null` if nothing does.
 *
 * @param mayPromise whether the type that is written for it lets it give a promise
 */
export function asyncObstacle(reach: Reach, fn: FunctionNode, mayPromise = false): RefusalCode | null {
  if (fn.async) return null;
  // A task of a host is no promise: what an async function returned would still have to become one.
  if (
    reach.contextOf(fn).host.taskToPromise.kind !== "none" &&
    resultAnnotations(fn).some((annotation) => isNamed(typeReferenceName(annotation), TASK_TYPES))
  )
    return "no-awaitable-target";
  if (isSynchronousByNature(fn)) return "function-cannot-be-async";
  // The language calls these itself, and awaits none of them.
  if (isCalledByLanguage(fn)) return "called-by-language";
  if (mayBeWrapped(reach.contextOf(fn), fn)) return "function-used-as-value";
  return mayPromise ? null : reach.bondOf(fn);
}
