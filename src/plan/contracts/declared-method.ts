import type { Context } from "../../recognize/context.ts";
import { authored, EditConflict } from "../edit-conflict.ts";
import type { Refusal } from "../types.ts";
import { declaredEdits, type WritingChoices } from "./contract-kinds.ts";
import type { DeclaredEdits } from "./pair-writing.ts";
import type { ContractGroup } from "./contract-group.ts";
import { refusalOf } from "../refusals.ts";

/** The awaitable method of a group in one of its files, or why it stays as it is. */
export function declaredBy(
  context: Context,
  group: ContractGroup,
  choices: WritingChoices,
): Exclude<DeclaredEdits, { readonly refusal: unknown }> | { readonly refusal: Refusal } {
  const { starterName: name } = group;
  try {
    const written = authored({ name, step: "contracts" }, () => declaredEdits(context, group, choices));
    return "refusal" in written ? { refusal: refusalOf(written.refusal, written.range, name) } : written;
  } catch (error) {
    if (!(error instanceof EditConflict)) throw error;
    const { nameNode } = group.places.find(({ file }) => file === context.source.filePath)!.starter;
    return { refusal: refusalOf("check-failed", nameNode.range, name, error) };
  }
}
