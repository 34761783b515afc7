import { parse } from "../ast/parse.ts";
import type { Source } from "../ast/source.ts";
import type { Settings } from "../dialects/settings.ts";
import { mayContain } from "../dialects/text-test.ts";
import { analyze } from "../recognize/analysis.ts";
import type { Context } from "../recognize/context.ts";
import { refusalOf } from "./draft.ts";
import { finishEdits, type Finished } from "./finish.ts";
import type { FileMigration, MigratedSite, MigrateOptions, RefusedSite } from "./migration.ts";
import { planFile, type Decision } from "./plan-file.ts";
import { beginName } from "./planner.ts";
import { TRANSFORM_NAMES, type Plan, type PlanChoices, type Refusal } from "./types.ts";

/** A decision whose plan has passed the check that follows it. */
export type CheckedDecision = Decision & { readonly finished: Finished | null };

const decisions = new WeakMap<Context, Map<string, readonly CheckedDecision[]>>();

/**
 * Decides a file and checks each plan by itself: its edits are complete, its result parses, and its operations are gone. A plan that
 * does not pass is withdrawn with the refusal `check-failed`. Cached, as the rule and its options ask more than once.
 */
export function decideFile(context: Context, choices: PlanChoices = {}): readonly CheckedDecision[] {
  let byOptions = decisions.get(context);
  if (byOptions === undefined) decisions.set(context, (byOptions = new Map<string, readonly CheckedDecision[]>()));
  const key = [choices.target, choices.yieldInPolls, choices.facade].join();
  let known = byOptions.get(key);
  if (known === undefined) {
    known = planFile(context, choices).map((decision) => check(context, decision));
    byOptions.set(key, known);
  }
  return known;
}

/** Whether a decision is a plan. */
export function isPlan(outcome: Decision["outcome"]): outcome is Plan {
  return "kind" in outcome;
}

function check(context: Context, decision: Decision): CheckedDecision {
  const { operations, outcome } = decision;
  if (!isPlan(outcome)) return { ...decision, finished: null };
  const finished = finishEdits(context, operations, outcome.edits);
  if (finished === null) return { operations, outcome: [checkFailed(decision)], finished };
  return { operations, outcome: { ...outcome, edits: finished.edits }, finished };
}

function checkFailed({ operations }: Decision): Refusal {
  const [operation] = operations;
  return refusalOf("check-failed", operation!.nameNode.range, beginName(operation!));
}

/** Whether a text may hold anything that a migration would look at. Loads no parser. */
export function mayMigrate(text: string): boolean {
  return mayContain(text, "beginEnd");
}

/**
 * Migrates one file.
 *
 * @throws {ParseError} when the text does not parse; it is never edited then.
 * @throws {TypeError} when the settings name a host that does not exist.
 */
export function migrateText(text: string, options: MigrateOptions): FileMigration {
  const transforms = options.transforms ?? TRANSFORM_NAMES;
  const unchanged: FileMigration = { status: "unchanged", output: text, migrations: [], refusals: [] };
  if (!transforms.includes("begin-end-to-async") || !mayMigrate(text)) return unchanged;
  // A byte order mark is no part of the program; it goes back in front of the output.
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const source = parse(text.slice(mark.length), options.filePath);
  const context = analyze(source, settingsOf(options));
  const decided = decideTogether(context, options);
  if (decided.decisions.length === 0) return unchanged;
  const migrations = decided.decisions.flatMap((decision) => migratedSites(source, decision));
  const refusals = decided.decisions.flatMap((decision) => refusedSites(source, decision));
  return {
    status: decided.output === null ? "refused" : "migrated",
    output: decided.output === null ? text : mark + decided.output,
    migrations: migrations.sort((a, b) => a.line - b.line),
    refusals: refusals.sort((a, b) => a.line - b.line || a.column - b.column),
  };
}

/** All plans of a file as one edit. Only when their common result does not pass is each plan checked by itself. */
function decideTogether(context: Context, choices: PlanChoices): { decisions: readonly Decision[]; output: string | null } {
  const unchecked = planFile(context, choices);
  const output = outputOf(context, unchecked);
  if (output !== null || !unchecked.some((decision) => isPlan(decision.outcome))) return { decisions: unchecked, output };
  const checked = decideFile(context, choices);
  const common = outputOf(context, checked);
  if (common !== null) return { decisions: checked, output: common };
  // Each plan passes by itself but not with the others: none is certain enough.
  return { decisions: checked.map((decision) => (isPlan(decision.outcome) ? { ...decision, outcome: [checkFailed(decision)] } : decision)), output: null };
}

function outputOf(context: Context, decided: readonly Decision[]): string | null {
  const planned = decided.flatMap(({ operations, outcome }) => (isPlan(outcome) ? [{ operations, outcome }] : []));
  if (planned.length === 0) return null;
  return finishEdits(context, planned.flatMap(({ operations }) => operations), planned.flatMap(({ outcome }) => outcome.edits))?.output ?? null;
}

function settingsOf({ host, entryPoints, twins }: MigrateOptions): Settings {
  return { ...(host === undefined ? {} : { host }), ...(entryPoints === undefined ? {} : { entryPoints }), ...(twins === undefined ? {} : { twins }) };
}

function migratedSites(source: Source, { outcome }: Decision): MigratedSite[] {
  if (!isPlan(outcome)) return [];
  const notes = outcome.notes.map((note) => ({ code: note.code, line: positionOf(source, note.range[0]).line, message: note.message, offset: note.range[0] }));
  return outcome.sites.map((site, index) => ({
    transform: outcome.transform,
    operation: site.operation,
    line: positionOf(source, site.range[0]).line,
    // A note stands with the site it is written at; one about a function or an event stands with the first site.
    notes: notes
      .filter((note) => {
        const owner = outcome.sites.findIndex(({ range }) => range[0] <= note.offset && note.offset <= range[1]);
        return owner === -1 ? index === 0 : owner === index;
      })
      .map(({ code, line, message }) => ({ code, line, message })),
  }));
}

function refusedSites(source: Source, { outcome }: Decision): RefusedSite[] {
  if (isPlan(outcome)) return [];
  return outcome.map(({ code, range, message, hint }) => ({ transform: "begin-end-to-async", code, ...positionOf(source, range[0]), message, hint }));
}

/** One-based line and column of an offset. */
function positionOf(source: Source, offset: number): { line: number; column: number } {
  const before = source.text.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
