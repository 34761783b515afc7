import { indentAt, lineBreakOf, nextLine } from "../../ast/lines.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import { fillIn } from "../codes.ts";
import { methodsOf } from "./contract-groups.ts";
import { deprecationEdit } from "../facade/deprecation.ts";
import { membersOf, nameOfEvents, type EventGroup, type PlacedEvents } from "./event-groups.ts";
import { eventMethod } from "./event-method.ts";
import { leadingComments } from "../layout.ts";
import type { DeclaredEdits } from "./pair-writing.ts";
import type { TextEdit } from "../types.ts";
import { NOTES } from "../note-codes.ts";

/**
 * The edits that put an awaitable method beside the event-based operations of a file that have none yet, documented by what documents the
 * starter. Where the members are kept for others they are marked as deprecated.
 */
export function eventEdits(
  context: Context,
  places: readonly PlacedEvents[],
  isKept: boolean,
): Extract<DeclaredEdits, { edits: unknown }> {
  const { source } = context;
  const newline = lineBreakOf(source.text);
  const edits: TextEdit[] = [];
  for (const placed of places) {
    const { starter, members } = placed;
    const name = nameOfEvents(starter.name);
    const { node, fn } = starter;
    if (methodsOf(placed, name).length === 0) {
      const indent = indentAt(source.text, node.range[0]);
      const documentation = leadingComments(source, node).findLast(
        ({ type, value }) => String(type) === "Block" && value.startsWith("*"),
      );
      const place = documentation?.range[0] ?? node.range[0];
      const documented =
        documentation === undefined
          ? ""
          : `${withoutState(source.text.slice(...documentation.range), placed)}${newline}${indent}`;
      edits.push({
        range: [place, place],
        text: `${documented}${eventMethod(context, placed)}${newline}${fn === null ? "" : newline}${indent}`,
      });
    }
    if (isKept)
      for (const kept of [node, ...members.completed.members.map((member) => member.node)])
        edits.push(deprecationEdit(source, kept, name));
  }
  const notes = isKept
    ? []
    : places.flatMap(({ starter }) =>
        starter.fn === null
          ? []
          : [
              {
                code: "events-now-private" as const,
                range: starter.nameNode.range,
                message: fillIn(NOTES["events-now-private"], starter.name),
              },
            ],
      );
  return { edits, notes, unneeded: [] };
}

/** The start of a line of documentation about a parameter, up to the end of the parameter's name. */
const PARAMETER = /^[ \t]*\*[ \t]*@param(?:[ \t]+\{[^{}]*\})?[ \t]+\[?([\p{ID_Continue}$]+)/gmu;

/** Documentation without the line about the user state, which the awaitable method does not take. */
function withoutState(text: string, { design }: PlacedEvents): string {
  const state = design!.state;
  const target = state?.type === "AssignmentPattern" ? state.left : state;
  if (target?.type !== "Identifier") return text;
  let kept = "";
  let from = 0;
  for (const { 0: start, 1: name, index } of text.matchAll(PARAMETER)) {
    const end = nextLine(text, index + start.length);
    // The last line ends the comment.
    if (name !== target.name || end === text.length) continue;
    kept += text.slice(from, index);
    from = end;
  }
  return kept + text.slice(from);
}

/** The edits that make the members of event-based operations private in the classes of a file. */
export function hidingEdits(context: Context, groups: readonly EventGroup[]): TextEdit[] {
  const nodes = new Set<TSESTree.Node>();
  for (const { places } of groups) {
    for (const { file, owner, members } of places)
      if (file === context.source.filePath && owner.node.type !== "TSInterfaceDeclaration")
        for (const node of membersOf(members)) nodes.add(node);
  }
  return [...nodes].map((node): TextEdit => {
    const [start] = node.range;
    const isPublic = "accessibility" in node && node.accessibility === "public";
    return {
      range: isPublic ? [start, start + "public".length] : [start, start],
      text: isPublic ? "private" : "private ",
    };
  });
}
