import type { TSESTree } from "../ast/source.ts";
import type { Range } from "../plan/types.ts";

/** What kind of thing was recognised. */
export type RecognisedKind =
  "begin-end" | "event" | "callback" | "completion" | "wait" | "declared-pair" | "declared-event";

/** Where a part of the outcome is found. */
export interface OutcomePart {
  readonly role: "error" | "cancelled" | "value" | "state" | "status" | "other" | "whole";
  readonly name: string;
  /** Where the code takes it; `null` where it does not. */
  readonly node: TSESTree.Node | null;
}

/** What was recognised at a place, as the recogniser tells it. Its sentences are for people. */
export interface Recognised {
  readonly kind: RecognisedKind;
  /** The family of operations. */
  readonly dialect: string;
  readonly nameNode: TSESTree.Node;
  /** What it is called where its place is not that of a name alone. */
  readonly name?: string;
  /** How completion is told. */
  readonly delivery: string;
  readonly outcome: readonly OutcomePart[];
  /** Why it is believed to be what its name says, beside the name. */
  readonly witnesses: readonly string[];
  /** The stretches of code that are part of it. */
  readonly parts: readonly Range[];
  /** Why no migration takes it up, where the recogniser can tell. */
  readonly untouched: string | null;
}
