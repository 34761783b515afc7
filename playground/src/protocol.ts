/** What the page asks its worker, and what that answers. */
import type { FileMigration, HostName, Target } from "../../dist/src/core.js";

/** What is tried: a text, and what is said about it. It is what a link holds. */
export interface Trial {
  readonly code: string;
  /** Its ending decides the syntax. */
  readonly file: string;
  readonly rules: RuleSet;
  readonly target: Target;
  readonly host: HostName;
  readonly yieldInPolls: boolean;
  readonly facade: boolean;
  /** As on the command line, with white space between several: `mongodb@6 aws-sdk@2`. */
  readonly assume: string;
  /** As on the command line, with white space between several: `./store:load,save=promisify`. */
  readonly callbacks: string;
  /** Names, with white space between them. */
  readonly entryPoints: string;
  readonly twins: string;
  readonly operationDecorators: string;
}

/** The presets that can be chosen; `all` adds what `recommended` leaves out. */
export const RULE_SETS = ["recommended", "all"] as const;
export type RuleSet = (typeof RULE_SETS)[number];

/** What a rule reports. Offsets are those of the text. */
export interface Finding {
  readonly rule: string;
  readonly url: string | null;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly from: number;
  readonly to: number;
}

/** What came of a text. */
export interface Outcome {
  readonly findings: readonly Finding[];
  readonly migration: Omit<FileMigration, "status">;
}

/** Why nothing came of it: the text does not parse, or an option is none. */
export interface Problem {
  readonly message: string;
  /** One-based, where the problem is one of the text. */
  readonly line: number | null;
  readonly column: number | null;
}

export interface Question {
  readonly id: number;
  readonly trial: Trial;
}

export type Answer = { readonly id: number } & ({ readonly outcome: Outcome } | { readonly problem: Problem });
