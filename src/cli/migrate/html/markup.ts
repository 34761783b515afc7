import { printable, printableLines } from "../../../printable.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A piece of a page. Whatever is put into it is escaped, unless it is such a piece itself. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | readonly (Markup | string)[];

/** A template of markup: `markup\`<b>${name}</b>\``. Texts are shown as they are, and what does not print is escaped as everywhere in reports. */
export function markup(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(pieces.reduce((before, piece, index) => before + textOf(parts[index - 1]!) + piece));
}

/** A line of code, whose tabs stay. */
export function code(line: string): Markup {
  return new Markup(escape(printableLines(line)));
}

function textOf(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map(textOf).join("");
  return escape(printable(String(part)));
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
