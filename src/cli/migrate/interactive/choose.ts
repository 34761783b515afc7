import { positionsIn } from "../../../ast/lines.ts";
import { originalOffset } from "../../../plan/edit-offsets.ts";
import type { FileMigration, MigratedSite, MigrateOptions } from "../../../plan/migration.ts";
import type { TextEdit } from "../../../plan/types.ts";
import { offersOf, type Offer } from "./offers.ts";

/** What a person wants of an offer. */
export type Choice = "take" | "leave" | "take all" | "leave all";

/**
 * Makes those changes of a text that a person chooses, one after the other: what one makes possible is offered as well.
 *
 * @param full what becomes of the text when all is taken
 * @param choose is given the text as it is and the offer
 */
export async function migrateChosen(
  original: string,
  full: FileMigration,
  options: MigrateOptions,
  choose: (text: string, offer: Offer) => Promise<Choice>,
): Promise<FileMigration> {
  const made: (readonly TextEdit[])[] = [];
  const migrations: MigratedSite[] = [];
  const positionOf = positionsIn(original);
  const lineOf = (offset: number): number =>
    positionOf(made.reduceRight((place, edits) => originalOffset(edits, place), offset)).line;
  let text = original;
  let declined: { transform: string; offset: number }[] = [];
  let takesAll = false;
  const seen = new Set<string>();
  // Changes that undo one another would never come to an end.
  while (!seen.has(`${declined.length} ${text}`)) {
    seen.add(`${declined.length} ${text}`);
    const offer = firstOpen(text, options, declined);
    if (offer === null) break;
    const choice: Choice = takesAll ? "take" : await choose(text, offer);
    if (choice === "leave all") break;
    if (choice === "leave") {
      declined.push(offer.key);
      continue;
    }
    takesAll ||= choice === "take all";
    if (takesAll && text === original && declined.length === 0) return full;
    migrations.push(...migratedBy(offer, lineOf));
    declined = declined.map(({ offset, transform }) => ({ transform, offset: movedBy(offer.edits, offset) }));
    made.push(offer.edits);
    text = offer.output;
  }
  const isChanged = text !== original;
  return {
    status: isChanged ? "migrated" : full.refusals.length > 0 ? "refused" : "unchanged",
    output: text,
    migrations: migrations.sort((a, b) => a.line - b.line),
    refusals: full.refusals,
  };
}

function firstOpen(text: string, options: MigrateOptions, declined: readonly Offer["key"][]): Offer | null {
  for (const offer of offersOf(text, options)) {
    const { offset, transform } = offer.key;
    if (!declined.some((each) => each.offset === offset && each.transform === transform)) return offer;
  }
  return null;
}

function migratedBy({ notes, sites }: Offer, lineOf: (offset: number) => number): MigratedSite[] {
  return sites.map(({ migrated, offset }, index) => ({
    ...migrated,
    line: lineOf(offset),
    // Notes are about the offer as a whole.
    notes:
      index > 0 ? [] : notes.map((note) => ({ code: note.code, line: lineOf(note.offset), message: note.message })),
  }));
}

/** Where an offset comes to be by edits that leave what stands there. */
function movedBy(edits: readonly TextEdit[], offset: number): number {
  const before = edits.filter(({ range: [, end] }) => end <= offset);
  return before.reduce((place, { range: [start, end], text }) => place + text.length - (end - start), offset);
}
