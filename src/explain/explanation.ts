import type { SiteReport } from "../plan/migration.ts";
import type { TransformName } from "../plan/types.ts";
import type { OutcomePart, RecognisedKind } from "./recognised.ts";

/** One-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A plain value: what `tapify explain --json` prints, but for the place that was asked for. */
export interface Explanation {
  readonly sites: readonly ExplainedSite[];
  /** What has the name of something at the place, was not recognised, and what it lacks. */
  readonly lacking: readonly ({ readonly dialect: string; readonly name: string; readonly lacks: string } & Position)[];
  /** Where nothing was recognised: what was, next to the place. */
  readonly near: readonly ({ readonly dialect: string | null; readonly name: string } & Position)[];
}

/** What was recognised; `null` and empty lists where it shows only in what another migration makes of the text. */
export interface ExplainedSite extends Position {
  readonly kind: RecognisedKind | null;
  readonly dialect: string | null;
  readonly name: string;
  readonly delivery: string | null;
  readonly outcome: readonly {
    readonly role: OutcomePart["role"];
    readonly name: string;
    /** `null` where the code does not take it. */
    readonly line: number | null;
    readonly column: number | null;
  }[];
  readonly witnesses: readonly string[];
  /** Why no migration takes it up, where that can be told. */
  readonly untouched: string | null;
  readonly migrations: readonly ExplainedMigration[];
}

/** What one migration made of a site. */
export interface ExplainedMigration extends Pick<SiteReport, "outcome" | "strategies" | "refusals" | "notes"> {
  readonly transform: TransformName;
}
