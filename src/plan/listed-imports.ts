import type { TextEdit } from "./types.ts";

/**
 * Edits in which what is imported joins the names that the file takes from the module already. Where those go, or what sets them apart does, it
 * keeps the statement of its own.
 */
export function intoLists(edits: readonly TextEdit[]): readonly TextEdit[] {
  if (!edits.some(({ listed }) => listed !== undefined)) return edits;
  const replaced = edits.filter(({ range: [start, end] }) => start < end);
  return edits.map((edit) => {
    const { listed, ...own } = edit;
    if (listed === undefined) return edit;
    const { at, statement, text } = listed;
    const isGone = replaced.some(
      ({ range: [start, end] }) => (start <= statement[0] && statement[1] <= end) || (start < at && at < end),
    );
    return isGone ? edit : { ...own, range: [at, at], text };
  });
}
