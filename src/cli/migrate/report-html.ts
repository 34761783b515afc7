import { createHash } from "node:crypto";
import { basename } from "node:path";
import { fileSection } from "./html/file-section.ts";
import { markup, Markup } from "./html/markup.ts";
import { filters, numbers, tables } from "./html/overview.ts";
import { SCRIPT } from "./html/script.ts";
import { STYLE } from "./html/style.ts";
import type { FileOutcome } from "./outcome.ts";

/** With more files than this, they are closed at first. */
const MOST_OPEN = 25;

/**
 * The report as one page that needs nothing else: to be opened as a file, and passed around. The page allows itself its own style and its
 * own script only, and what code and names hold is text in it, whatever they hold.
 *
 * @param isWritten Whether the files were written, or were meant to be.
 * @param cwd The folder that the page names.
 */
export function formatHtml(outcomes: readonly FileOutcome[], isWritten: boolean, cwd: string, version: string): string {
  const found = outcomes.filter(({ outcome }) => outcome.status !== "unchanged").length;
  const title = isWritten
    ? `What tapify migrated in ${basename(cwd)}`
    : `What tapify would migrate in ${basename(cwd)}`;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src '${hashOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  const sections = outcomes.flatMap((file) => fileSection(file, isWritten, found <= MOST_OPEN));
  const list = sections.length > 0 ? sections : [markup`<p>Nothing was found that a migration takes up.</p> `];
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <style>${new Markup(STYLE)}</style>
      </head>
      <body>
        <a class="hidden" href="#files">To the files</a>
        <header>
          <h1>${title}</h1>
          <p class="dim">
            Places with legacy asynchronous patterns, and what becomes of each: awaited calls, or a reason to stay.
            tapify ${version}.
          </p>
        </header>
        <main>
          ${numbers(outcomes, isWritten)}${tables(outcomes, isWritten)}${filters(outcomes, isWritten)}
          <section id="files" aria-label="Files">${list}</section>
        </main>
        <script>${new Markup(SCRIPT)}</script>
      </body>
    </html>
`.text;
}

function hashOf(script: string): string {
  return `sha256-${createHash("sha256").update(script).digest("base64")}`;
}
