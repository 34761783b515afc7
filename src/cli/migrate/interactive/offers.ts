import { parse } from "../../../ast/parse.ts";
import { decideFile, isPlan } from "../../../plan/decide.ts";
import { applyEdits } from "../../../plan/edits.ts";
import { migrateText } from "../../../plan/migrate.ts";
import { settingsOf, type MigratedSite, type MigrateOptions } from "../../../plan/migration.ts";
import { TRANSFORM_NAMES, type TextEdit } from "../../../plan/types.ts";
import { analyze } from "../../../recognize/analysis.ts";

/** A change that can be made alone, and what it migrates. Offsets and lines are those of the text that it is made of. */
export interface Offer {
  /** Where it is asked about again after it was declined: the migration, and where its first site stands. */
  readonly key: { readonly transform: string; readonly offset: number };
  readonly output: string;
  readonly edits: readonly TextEdit[];
  readonly sites: readonly { readonly migrated: Omit<MigratedSite, "line" | "notes">; readonly offset: number }[];
  readonly notes: readonly {
    readonly code: MigratedSite["notes"][number]["code"];
    readonly message: string;
    readonly offset: number;
  }[];
}

/**
 * The changes that a text can have, in the order in which they are asked about: what can only change together is one. The contracts of a
 * file are one as well, as they change with all that is declared of them.
 */
export function* offersOf(text: string, options: MigrateOptions): Generator<Offer> {
  const asked = options.transforms ?? TRANSFORM_NAMES;
  for (const transform of TRANSFORM_NAMES) {
    if (!asked.includes(transform)) continue;
    if (transform === "contract-to-async") {
      const made = migrateText(text, { ...options, transforms: [transform] });
      if (made.status !== "migrated") continue;
      yield {
        key: { transform, offset: 0 },
        output: made.output,
        edits: [{ range: [0, text.length], text: made.output }],
        sites: made.migrations.map(({ operation }) => ({ migrated: { transform, operation }, offset: 0 })),
        notes: [],
      };
      continue;
    }
    for (const { outcome } of decideFile(
      analyze(parse(text, options.filePath), settingsOf(options)),
      transform,
      options,
    )) {
      if (!isPlan(outcome)) continue;
      yield {
        key: { transform, offset: Math.min(...outcome.sites.map(({ range: [start] }) => start)) },
        output: applyEdits(text, outcome.edits),
        edits: outcome.edits,
        sites: outcome.sites.map(({ operation, range }) => ({ migrated: { transform, operation }, offset: range[0] })),
        notes: outcome.notes.map(({ code, message, range }) => ({ code, message, offset: range[0] })),
      };
    }
  }
}
