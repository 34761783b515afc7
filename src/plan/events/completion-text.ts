import { alwaysLeaves, contains } from "../../ast/flow.ts";
import { isLineBlankFrom, lineStart, nextLine } from "../../ast/lines.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import type { Branch, Branches } from "./completion-branches.ts";
import { commentsIn, leadingComments } from "../layout.ts";
import { moved, movedBlock } from "../callbacks/moved-body.ts";
import type { Text } from "../write/text.ts";
import { removeStatement } from "../remove-statement.ts";
import type { Planner } from "../planner.ts";

/** The `return;` that a case ends with. */
export function bareReturn(branch: TSESTree.Statement): TSESTree.ReturnStatement | null {
  const last = branch.type === "BlockStatement" ? branch.body.at(-1) : branch;
  return last?.type === "ReturnStatement" && last.argument === null ? last : null;
}

/** Whether the code for a failure must be left by a `return`, as more follows for a success. */
export function returnsAfterFailure({ error, cancelled, success, rest }: Branches): boolean {
  if (success.length === 0 || rest.length > 0) return false;
  const present = [error, cancelled].filter((branch) => branch !== undefined);
  return present.some((branch) => branch === null || !leavesItself(branch));
}

/** Whether a branch ends in a way out that is more than a bare `return`. */
function leavesItself(branch: TSESTree.Statement): boolean {
  return alwaysLeaves(branch) && bareReturn(branch) === null;
}

/** The code of one case of a handler with the edits made in it, for another place; a `return` at its end goes unless `keepsReturn`. */
export function branchText(planner: Planner, unit: object, branch: Branch, indent: string, keepsReturn: boolean): Text {
  if (branch === null) return "";
  const last = keepsReturn ? null : bareReturn(branch);
  if (branch.type !== "BlockStatement") return last === null ? moved(branch) : "";
  if (last !== null) removeStatement(planner, unit, last, "keep");
  const text = movedBlock(branch, indent);
  return planner.draft.isEmpty(text) ? "" : text;
}

/** Statements with the comments above the first and the edits made in them, for another place. */
export function movedStatements(source: Source, statements: readonly TSESTree.Statement[], indent: string): Text {
  const [first] = statements;
  if (first === undefined) return "";
  const around = first.parent?.type === "BlockStatement" ? first.parent : first;
  const from = leadingComments(source, first)[0]?.range[0] ?? first.range[0];
  // A removed statement takes the white space of its line along.
  const start = lineStart(source.text, from);
  const end = statements.at(-1)!.range[1];
  const after = isLineBlankFrom(source.text, end) ? nextLine(source.text, end) : end;
  const inside = [
    source.text.slice(start, from).trim() === "" ? Math.max(start, around.range[0]) : from,
    around === first ? end : Math.min(after, around.range[1] - 1),
  ] as const;
  return [{ range: inside, inside: around, indent }];
}

/** The comments between the cases of a handler; those inside of a case move with it. `isMoved` says whether what follows a success does. */
export function strayComments(
  { context }: Planner,
  { error, cancelled, success }: Branches,
  range: readonly [number, number],
  isMoved: boolean,
): string[] {
  const { source } = context;
  const [first] = success;
  const heads = first === undefined || !isMoved ? [] : leadingComments(source, first);
  const kept = [error, cancelled, ...(isMoved ? success : [])].flatMap((node) => node ?? []);
  return commentsIn(source, [range[0], range[1]])
    .filter(
      (comment) =>
        !heads.includes(comment) && !kept.some((node) => contains(node, comment as unknown as TSESTree.Node)),
    )
    .map((comment) => source.text.slice(...comment.range));
}
