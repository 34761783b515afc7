/** The outcome of migrating one file, as `tapify migrate` and the jscodeshift transforms report it. */
import type { Settings } from "../dialects/settings.ts";
import type { RefusalCode } from "./codes.ts";
import type { StrategyName } from "./strategies.ts";
import type { PlanChoices, TransformName } from "./types.ts";
import type { NoteCode } from "./note-codes.ts";

export interface MigrateOptions extends Settings, PlanChoices {
  /** Decides the syntax (`.ts`, `.tsx`, `.mts`, `.cts`, `.js`, `.jsx`, `.mjs`, `.cjs`); need not exist on disk. */
  readonly filePath: string;
  /** Which migrations to run; all of them unless told. */
  readonly transforms?: readonly TransformName[];
}

export interface MigratedSite {
  readonly transform: TransformName;
  /** The stem of the operation, e.g. `PutObject`. */
  readonly operation: string;
  /** One-based line of the original text. */
  readonly line: number;
  readonly notes: readonly { readonly code: NoteCode; readonly line: number; readonly message: string }[];
}

export interface RefusedSite {
  readonly transform: TransformName;
  readonly code: RefusalCode;
  /** One-based line and column of the original text. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string;
}

export interface FileMigration {
  /** `migrated` when the text changed, `refused` when sites were found and none changed, else `unchanged`. */
  readonly status: "migrated" | "refused" | "unchanged";
  /** The migrated text; the original text, byte for byte, unless `status` is `migrated`. */
  readonly output: string;
  readonly migrations: readonly MigratedSite[];
  readonly refusals: readonly RefusedSite[];
}

/** What came of a strategy for a site. */
export type Verdict =
  /** The site is changed so. */
  | "taken"
  /** It does not fit, and another was tried. */
  | "passed-over"
  /** It is the one that was left, and something was refused meanwhile. */
  | "stopped"
  /** It fits, but what the site hangs together with cannot change, or its result did not pass the check. */
  | "held-back";

/** A strategy that was tried for a site. */
export interface TriedStrategy {
  readonly strategy: StrategyName;
  readonly verdict: Verdict;
  readonly refusals: readonly RefusedSite[];
}

/** What a migration made of one site. */
export interface SiteReport {
  readonly transform: TransformName;
  /** The name at which it is reported, and that name's offset in the original text. */
  readonly name: string;
  readonly offset: number;
  readonly outcome: "migrated" | "refused";
  readonly notes: MigratedSite["notes"];
  /** What keeps the site, and all that changes only together with it, as it is. */
  readonly refusals: readonly RefusedSite[];
  readonly strategies: readonly TriedStrategy[];
}

/** The settings among the options of a migration. */
export function settingsOf({
  assume,
  callbacks,
  host,
  entryPoints,
  families,
  operationDecorators,
  twins,
}: Settings): Settings {
  return {
    ...(assume === undefined ? {} : { assume }),
    ...(callbacks === undefined ? {} : { callbacks }),
    ...(host === undefined ? {} : { host }),
    ...(entryPoints === undefined ? {} : { entryPoints }),
    ...(families === undefined ? {} : { families }),
    ...(operationDecorators === undefined ? {} : { operationDecorators }),
    ...(twins === undefined ? {} : { twins }),
  };
}
