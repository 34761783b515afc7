/** What was found, as a list that can be gone through: each place leads to its line. */
import type { Outcome, Problem } from "./protocol.ts";
import { codePage, rulePage } from "./addresses.ts";

/** Called with a place that was chosen, one-based. */
export type GoTo = (line: number, column: number) => void;

/** One entry: where, what explains it, and what is said. */
interface Entry {
  readonly line: number;
  readonly column: number;
  readonly name: string;
  readonly url: string | null;
  readonly message: string;
  readonly more?: readonly Node[];
}

/** Shows what came of a text. */
export function showOutcome(parent: HTMLElement, { findings, migration }: Outcome, goTo: GoTo): void {
  const { migrations, refusals } = migration;
  const reported = findings.map(({ column, line, message, rule, url }): Entry => {
    return { line, column, name: rule, url: url === null ? null : rulePage(url), message };
  });
  const refused = refusals.map(({ code, column, hint, line, message }): Entry => {
    return {
      line,
      column,
      name: code,
      url: codePage(code),
      message,
      more: [element("p", { class: "hint" }, "To change: ", ...withCode(hint))],
    };
  });
  const migrated = migrations.map(({ line, notes, operation, transform }): Entry => {
    const more = notes.map(({ code, message }) =>
      element("p", { class: "note" }, link(code, codePage(code)), " ", ...withCode(message)),
    );
    return { line, column: 1, name: operation, url: null, message: `by ${transform}`, more };
  });
  parent.replaceChildren(
    ...section("finding", "Findings", reported, goTo),
    ...section("refused", "Stays as it is", refused, goTo),
    ...section("migrated", "Migrated", migrated, goTo),
  );
  if (findings.length + refusals.length + migrations.length === 0)
    parent.replaceChildren(
      element("p", { class: "empty" }, "Nothing here looks like old asynchronous code. Choose an example to see some."),
    );
}

/** Says in one line what came of a text. */
export function summaryOf({ findings, migration: { migrations, refusals } }: Outcome): string {
  return [
    counted(findings.length, "finding", "findings"),
    `${counted(migrations.length, "place", "places")} migrated`,
    `${counted(refusals.length, "place stays", "places stay")} as ${refusals.length === 1 ? "it is" : "they are"}`,
  ].join(", ");
}

/** Shows why nothing came of a text. */
export function showProblem(parent: HTMLElement, { column, line, message }: Problem, goTo: GoTo): void {
  const place = line === null ? [] : [placeButton({ line, column: column ?? 1 }, goTo), " "];
  parent.replaceChildren(element("p", { class: "problem" }, ...place, ...withCode(message)));
}

function section(kind: string, title: string, entries: readonly Entry[], goTo: GoTo): Node[] {
  if (entries.length === 0) return [];
  const heading = element("h3", {}, title, " ", element("span", { class: "count" }, String(entries.length)));
  const items = entries.map((entry) => {
    const { message, more = [], name, url } = entry;
    const named = url === null ? element("code", {}, name) : link(name, url);
    const text = element("div", {}, element("p", {}, named, " ", ...withCode(message)), ...more);
    return element("li", {}, placeButton(entry, goTo), text);
  });
  return [element("section", { class: kind }, heading, element("ol", {}, ...items))];
}

function placeButton({ column, line }: Pick<Entry, "column" | "line">, goTo: GoTo): HTMLElement {
  const button = element(
    "button",
    { type: "button", class: "place", "aria-label": `Go to line ${line}` },
    String(line),
  );
  button.addEventListener("click", () => goTo(line, column));
  return button;
}

/** A message whose code stands between backticks, as that of most does. */
function withCode(message: string): (Node | string)[] {
  return message.split("`").map((text, index) => (index % 2 === 1 ? element("code", {}, text) : text));
}

function link(text: string, url: string): HTMLElement {
  return element("a", { href: url, target: "_blank", rel: "noopener" }, text);
}

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}
