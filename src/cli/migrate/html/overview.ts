import { groupBy } from "../../../recognize/group-by.ts";
import type { FileOutcome } from "../outcome.ts";
import { countPlaces, summarize } from "../summary.ts";
import { folderOf, foldersTo } from "./folders.ts";
import { markup, type Markup } from "./markup.ts";

/** A name, and how often it occurs. */
type Tally = readonly (readonly [name: string, count: number])[];

/** The numbers of the text report. */
export function numbers(outcomes: readonly FileOutcome[], isWritten: boolean): Markup {
  const { errors, files, migrated, refused, unchanged } = summarize(outcomes);
  const places = countPlaces(outcomes);
  const done = isWritten ? "migrated" : "to migrate";
  const number = (kind: string, count: number, label: string): Markup =>
    markup`<div class="number-box ${kind}">
      <dt>${label}</dt>
      <dd>${count}</dd>
    </div> `;
  return markup`<dl class="numbers">
    ${number("migrated", places.migrated.places, `${placesText(places.migrated.places)} ${done}, in ${filesText(places.migrated.files)}`)}${number("refused", places.refused.places, `${placesText(places.refused.places)} refused, in ${filesText(places.refused.files)}`)}${number("", files, `files: ${migrated} ${done}, ${refused} refused, ${unchanged} unchanged`)}${number(errors > 0 ? "error" : "", errors, `${errors === 1 ? "file" : "files"} with an error`)}
  </dl> `;
}

function placesText(count: number): string {
  return count === 1 ? "place" : "places";
}

function filesText(count: number): string {
  return `${count} ${count === 1 ? "file" : "files"}`;
}

/** How often each migration, each reason and each note occurs. Each name is a button that shows just its places. */
export function tables(outcomes: readonly FileOutcome[], isWritten: boolean): Markup {
  const found = outcomes.flatMap(({ outcome }) => (outcome.status === "error" ? [] : [outcome]));
  const migrations = found.flatMap((each) => each.migrations);
  return markup`<div class="tables">
    ${table(isWritten ? "Migrated" : "To migrate", "transform", tally(migrations.map(({ transform }) => transform)))}${table("Refused: why", "code", tally(found.flatMap(({ refusals }) => refusals.map(({ code }) => code))))}${table("Notes on what changes", "code", tally(migrations.flatMap(({ notes }) => notes.map(({ code }) => code))))}
  </div> `;
}

function tally(names: readonly string[]): Tally {
  return [...groupBy(names, (name) => name)]
    .map(([name, all]) => [name, all.length] as const)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

function table(title: string, filter: string, rows: Tally): Markup {
  if (rows.length === 0) return markup``;
  const most = rows[0]![1];
  const shown = rows.map(
    ([name, count]) =>
      markup`<li>
        <button type="button" data-filter="${filter}" data-value="${name}" aria-pressed="false">
          <span class="name">${name}</span
          ><span class="bar"><span style="width:${Math.max(2, Math.round((100 * count) / most))}%"></span></span
          ><span class="count">${count}</span>
        </button>
      </li> `,
  );
  return markup`<section class="table">
    <h2>${title}</h2>
    <ul>
      ${shown}
    </ul>
  </section> `;
}

/** What the places are chosen by. The script of the page shows it. */
export function filters(outcomes: readonly FileOutcome[], isWritten: boolean): Markup {
  const found = outcomes.filter(({ outcome }) => outcome.status !== "unchanged");
  const listed = found.flatMap(({ outcome }) => (outcome.status === "error" ? [] : [outcome]));
  const transforms = listed.flatMap((each) => [...each.migrations, ...each.refusals].map(({ transform }) => transform));
  const codes = listed.flatMap(({ migrations, refusals }) => [
    ...refusals.map(({ code }) => code),
    ...migrations.flatMap(({ notes }) => notes.map(({ code }) => code)),
  ]);
  const folders = found.flatMap(({ path }) => foldersTo(folderOf(path)));
  return markup`<form id="filters" hidden aria-label="Filters">
    ${select("kind", "Show", ["migrated", "refused", "error"], ["everything", isWritten ? "migrated" : "to migrate", "refused", "errors"])}${select("transform", "Migration", sorted(transforms))}${select("code", "Code", sorted(codes))}${select("folder", "Folder", sorted(folders))}<button
      type="reset"
    >
      Clear
    </button>
    <button type="button" id="open">Open all</button>
    <button type="button" id="close">Close all</button>
    <output id="shown" aria-live="polite"></output>
  </form> `;
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

function select(name: string, label: string, values: readonly string[], texts = ["all", ...values]): Markup {
  const options = values.map((value, index) => markup`<option value="${value}">${texts[index + 1]!}</option>`);
  return markup`<label
    >${label}
    <select name="${name}">
      <option value="">${texts[0]!}</option>
      ${options}
    </select></label
  > `;
}
