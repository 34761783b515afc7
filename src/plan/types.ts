/**
 * What the planner hands out. A plan is edits over the original text; a refusal is data with a documented code.
 * Nothing here knows ESLint, jscodeshift or the file system.
 */
import type { RefusalCode } from "./codes.ts";
import type { NoteCode } from "./note-codes.ts";

/** `[start, end)` offsets into the original text. */
export type Range = readonly [number, number];

/** Who made an edit: what it belongs to, and the step of the planner that wrote it. */
export interface EditAuthor {
  /** The operation, function or variable, as messages name it. */
  readonly name: string;
  readonly step: string;
}

/** Replaces the text in `range`; an empty range inserts. Edits of one plan never overlap. */
export interface TextEdit {
  readonly range: Range;
  readonly text: string;
  /** Whether several plans may make the same edit, and once is enough: an import. What is removed around it leaves it. */
  readonly isShared?: true;
  /** The same in the list of names that the file takes from that module already, if the place and what stands behind it there stay. */
  readonly listed?: { readonly at: number; readonly text: string; readonly statement: Range };
  /** Who made it; only for the message should it contradict another edit. */
  readonly author?: EditAuthor;
}

/** Something true of the migrated code that its reader should know; it never stands in for a refusal. */
export interface Note {
  readonly code: NoteCode;
  readonly range: Range;
  readonly message: string;
}

/** Why a site stays as it is. `hint` says what the user can do about it. */
export interface Refusal {
  readonly kind: "refusal";
  readonly code: RefusalCode;
  readonly range: Range;
  readonly message: string;
  readonly hint: string;
}

/** One migrated operation of a plan, for reports. */
export interface PlannedSite {
  /** The operation's stem, e.g. `PutObject`. */
  readonly operation: string;
  /** The range of the Begin call. */
  readonly range: Range;
}

/** Edits that migrate one group of operations that can only change together. */
export interface Plan {
  readonly kind: "plan";
  readonly transform: TransformName;
  readonly sites: readonly PlannedSite[];
  readonly edits: readonly TextEdit[];
  readonly notes: readonly Note[];
}

/** The migrations there are, in the order in which they are run. */
export const TRANSFORM_NAMES = [
  "contract-to-async",
  "begin-end-to-async",
  "events-to-async",
  "blocking-to-await",
  "callbacks-to-async",
] as const;
export type TransformName = (typeof TRANSFORM_NAMES)[number];
/** Those that change a file by its sites, each where it stands; a contract changes where it is declared, implemented and called. */
export type SiteTransformName = Exclude<TransformName, "contract-to-async">;

/** What the migrated call is: a twin on evidence, else an adapter (`auto`), or one of them always. */
export const TARGETS = ["auto", "twin", "adapter"] as const;
export type Target = (typeof TARGETS)[number];

/** What a user decides about a migration. */
export interface PlanChoices {
  /** Default `auto`. */
  readonly target?: Target;
  /** Lets a loop that works while it polls a handle yield once a round; such a loop is refused unless this is set. */
  readonly yieldInPolls?: boolean;
  /** Puts an async function beside a Begin/End pair that the file offers, and the pair on top of it; such a pair is refused unless this is set. */
  readonly facade?: boolean;
  /** Families by the names that `familyNames` gives: only their operations are migrated, with what can only change together with them. */
  readonly onlyFamilies?: readonly string[];
}
