import { diffWordsWithSpace, structuredPatch } from "diff";
import { code, markup, Markup } from "./markup.ts";

/** A line of one side. */
interface Line {
  readonly number: number;
  readonly text: string;
}

/** A row of the table: the same line on both sides, or what was there and what comes in its place. */
interface Row {
  readonly before: Line | null;
  readonly after: Line | null;
  readonly isSame: boolean;
}

/** Longer lines are not compared word by word. */
const LONGEST = 400;
/** Lines that have less in common are two different lines. */
const COMMON_PART = 0.3;

/** Two texts as a table, with the lines that differ and three around them. */
export function sideBySide(before: string, after: string): Markup {
  const { hunks } = structuredPatch("", "", before, after, undefined, undefined, { context: 3 });
  const bodies = hunks.map(({ lines, newStart, oldStart }) => {
    const rows = rowsOf(outdented(lines), oldStart, newStart);
    const from = `Line ${oldStart}`;
    return markup`<tbody>
      <tr class="hunk">
        <th colspan="4" scope="rowgroup">${from}</th>
      </tr>
      ${rows.map(rowMarkup)}
    </tbody> `;
  });
  return markup`<table class="diff">
    <caption class="hidden">
      Before and after
    </caption>
    <colgroup><col /><col /><col /><col /></colgroup>
    <thead class="hidden">
      <tr>
        <th scope="col">Line</th>
        <th scope="col">Before</th>
        <th scope="col">Line</th>
        <th scope="col">After</th>
      </tr>
    </thead>
    ${bodies}
  </table> `;
}

/** The lines of a hunk without the white space that all of them begin with: two columns have little room. */
function outdented(lines: readonly string[]): string[] {
  const indents = lines.flatMap((line) => (line.startsWith("\\") ? [] : (/^.(\s*)\S/.exec(line)?.[1] ?? [])));
  const [first = ""] = indents;
  let length = first.length;
  for (const indent of indents) while (!indent.startsWith(first.slice(0, length))) length--;
  return lines.map((line) => line.slice(0, 1) + (line.startsWith("\\") ? "" : line.slice(1 + length)));
}

function rowsOf(lines: readonly string[], oldStart: number, newStart: number): Row[] {
  const rows: Row[] = [];
  let removed: Line[] = [];
  let added: Line[] = [];
  let old = oldStart;
  let now = newStart;
  const flush = (): void => {
    for (let index = 0; index < Math.max(removed.length, added.length); index++)
      rows.push({ before: removed[index] ?? null, after: added[index] ?? null, isSame: false });
    removed = [];
    added = [];
  };
  for (const line of lines) {
    const text = line.slice(1).replace(/\r$/, "");
    if (line.startsWith("-")) removed.push({ number: old++, text });
    else if (line.startsWith("+")) added.push({ number: now++, text });
    // What else there is says that a text has no line feed at its end.
    else if (line.startsWith(" ")) {
      flush();
      rows.push({ before: { number: old++, text }, after: { number: now++, text }, isSame: true });
    }
  }
  flush();
  return rows;
}

function rowMarkup({ after, before, isSame }: Row): Markup {
  const [was, is] = isSame ? [plain(before), plain(after)] : marked(before, after);
  const kind = (line: Line | null, changed: string): string => (line === null ? "none" : isSame ? "same" : changed);
  return markup`<tr class="${isSame ? "same" : "changed"}">
    <td class="number">${before?.number ?? ""}</td>
    <td class="code ${kind(before, "removed")}">${was}</td>
    <td class="number">${after?.number ?? ""}</td>
    <td class="code ${kind(after, "added")}">${is}</td>
  </tr> `;
}

function plain(line: Line | null): Markup {
  return code(line?.text ?? "");
}

/** Both lines, with the words marked that one of them alone has. */
function marked(before: Line | null, after: Line | null): readonly [Markup, Markup] {
  if (before === null || after === null || Math.max(before.text.length, after.text.length) > LONGEST)
    return [plain(before), plain(after)];
  const parts = diffWordsWithSpace(before.text, after.text);
  const common = parts.reduce(
    (sum, { added, removed, value }) => sum + (added || removed ? 0 : value.trim().length),
    0,
  );
  if (common < COMMON_PART * Math.max(before.text.trim().length, after.text.trim().length))
    return [plain(before), plain(after)];
  return [
    markup`${parts.flatMap(({ added, removed, value }) => (added ? [] : removed ? markup`<del>${code(value)}</del>` : code(value)))}`,
    markup`${parts.flatMap(({ added, removed, value }) => (removed ? [] : added ? markup`<ins>${code(value)}</ins>` : code(value)))}`,
  ];
}
