import type { Context } from "../recognize/context.ts";
import type { PlacedPair } from "./pair-groups.ts";
import type { TextEdit } from "./types.ts";

export function facadeEdits(_context: Context, _pairs: readonly PlacedPair[], _name: string): readonly TextEdit[] {
  return [];
}
