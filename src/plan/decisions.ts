import type { TSESTree } from "../ast/source.ts";
import { Attempts } from "./attempts.ts";
import { DraftEdits, type InFile } from "./draft-edits.ts";
import type { Note, Refusal } from "./types.ts";
import { Groups, type Unit } from "./units.ts";

/** The decisions that all views of a draft share. */
export class Decisions<Site extends object> {
  readonly linked = new Groups();
  /** What cannot change without another, which may change without it. */
  readonly needs: [Unit, Unit][] = [];
  readonly edits = new DraftEdits();
  readonly notes: [Unit, Note & InFile][] = [];
  readonly refusals: [Unit, Refusal & InFile][] = [];
  readonly operations: [Unit, Site, TSESTree.Program | null][] = [];
  readonly attempts = new Attempts();
  /** The linked sets that cannot change; `null` when something has been decided since that was asked. */
  refused: ReadonlySet<Unit> | null = null;
  /** The step of the planner that is at work. */
  step = "plan";
}
