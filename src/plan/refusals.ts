import { type RefusalCode, REFUSALS, fillIn } from "./codes.ts";
import type { Range, Refusal } from "./types.ts";
import type { EditConflict } from "./edit-conflict.ts";

/**
 * A refusal with its text filled in.
 *
 * @param defect what went wrong in the planner, for whoever reports it
 */
export function refusalOf(code: RefusalCode, range: Range, name: string, defect?: EditConflict): Refusal {
  const { message, hint } = REFUSALS[code];
  return {
    kind: "refusal",
    code,
    range,
    message: fillIn(message, name),
    hint: defect === undefined ? hint : `${hint} ${defect.message}`,
  };
}
