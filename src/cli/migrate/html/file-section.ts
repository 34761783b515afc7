import { readSource } from "../../files/source-text.ts";
import { pageOfCode } from "../../../addresses.ts";
import { newText, type FileOutcome } from "../outcome.ts";
import { folderOf } from "./folders.ts";
import { code, markup, type Markup } from "./markup.ts";
import { sideBySide } from "./side-by-side.ts";

type Found = Exclude<FileOutcome["outcome"], { readonly status: "error" }>;

/** What became of one file, with its diff; nothing for a file in which nothing was found. */
export function fileSection(file: FileOutcome, isWritten: boolean, isOpen: boolean): readonly Markup[] {
  const { outcome, path } = file;
  const text = newText(file);
  if (outcome.status === "unchanged" && text === null) return [];
  const items = outcome.status === "error" ? [errorItem(outcome.error)] : itemsOf(file, outcome, isWritten);
  const diff = text !== null && file.original !== undefined ? [sideBySide(file.original.text, text)] : [];
  return [
    markup`<details class="file" data-folder="${folderOf(path)}"${isOpen ? markup` open` : ""}>
      <summary>
        <h3>${path}</h3>
        ${countsOf(outcome, isWritten)}
      </summary>
      <ul class="items">
        ${items}
      </ul>
      ${diff}
    </details> `,
  ];
}

function countsOf(outcome: FileOutcome["outcome"], isWritten: boolean): readonly Markup[] {
  if (outcome.status === "error") return [markup`<span class="badge error">error</span>`];
  const { migrations, refusals } = outcome;
  return [
    ...(migrations.length > 0
      ? [markup`<span class="badge migrated">${migrations.length} ${isWritten ? "migrated" : "to migrate"}</span> `]
      : []),
    ...(refusals.length > 0 ? [markup`<span class="badge refused">${refusals.length} refused</span>`] : []),
  ];
}

function errorItem({ column, line, message }: { message: string; line: number | null; column: number | null }): Markup {
  const place = line === null ? "" : `${line}:${column ?? 1} `;
  return markup`<li class="item error" data-kind="error" data-codes="">
    <span class="place">${place}</span><span class="kind">error</span> <span class="lines">${code(message)}</span>
  </li> `;
}

function itemsOf(file: FileOutcome, { migrations, refusals }: Found, isWritten: boolean): Markup[] {
  const lines = refusals.length > 0 ? linesOf(file) : [];
  const migrated = migrations.map(({ line, notes, operation, transform }) => {
    const told = notes.map(
      (note) =>
        markup`<p class="note"><span class="place">${note.line}</span>Note ${linkOf(note.code)}: ${note.message}</p> `,
    );
    const codes = [...new Set(notes.map((note) => note.code))].join(" ");
    return {
      line,
      markup: markup`<li class="item migrated" data-kind="migrated" data-transform="${transform}" data-codes="${codes}">
        <span class="place">${line}</span><span class="kind">${isWritten ? "migrated" : "to migrate"}</span>
        <b>${operation}</b> <span class="by">by ${transform}</span> ${told}
      </li> `,
    };
  });
  const refused = refusals.map((refusal) => {
    const text = lines[refusal.line - 1];
    const excerpt = text === undefined ? [] : [markup`<pre tabindex="-1">${code(text.trim())}</pre>`];
    return {
      line: refusal.line,
      markup: markup`<li
        class="item refused"
        data-kind="refused"
        data-transform="${refusal.transform}"
        data-codes="${refusal.code}"
      >
        <span class="place">${refusal.line}:${refusal.column}</span
        ><span class="kind">refused</span> ${linkOf(refusal.code)} <span class="by">by ${refusal.transform}</span>
        <p>${refusal.message}</p>
        <p class="hint">${refusal.hint}</p>
        ${excerpt}
      </li> `,
    };
  });
  return [...migrated, ...refused].sort((a, b) => a.line - b.line).map(({ markup }) => markup);
}

function linkOf(name: string): Markup {
  return markup`<a href="${pageOfCode(name)}">${name}</a>`;
}

/** The lines that refusals count by. A file that only has refusals is read again: thousands of texts are not kept for this. */
function linesOf({ file, original }: FileOutcome): readonly string[] {
  if (original !== undefined) return original.text.split(/\r\n|[\r\n\u2028\u2029]/);
  try {
    return readSource(file).text.split(/\r\n|[\r\n\u2028\u2029]/);
  } catch {
    // It is gone by now: the report does without.
    return [];
  }
}
