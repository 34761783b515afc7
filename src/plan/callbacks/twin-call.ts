import type { Context } from "../../recognize/context.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { type Written, openParen, endOfArgument, looseComments } from "../call-text.ts";
import { indentAt } from "../../ast/lines.ts";
import { joined, text, type Text } from "../write/text.ts";

/** The Begin call with the twin's name, without callback and state, and with further arguments; everything else as written. */
export function twinCall(
  context: Context,
  operation: Operation,
  name: string,
  written: Written,
  further: readonly Text[] = [],
): Text {
  const { begin, nameNode, inputs } = operation;
  // A computed name keeps its quotes: a["BeginRead"] becomes a["ReadAsync"].
  const nameText = nameNode.type === "Literal" ? nameNode.raw.charAt(0) + name + nameNode.raw.charAt(0) : name;
  const last = inputs.at(-1);
  const upToInputs =
    last === undefined
      ? text`${written([nameNode.range[1], openParen(context, operation)])}(`
      : written([nameNode.range[1], endOfArgument(context, last, begin)]);
  const comments = looseComments(
    context,
    operation,
    last === undefined ? openParen(context, operation) : endOfArgument(context, last, begin),
    indentAt(context.source.text, begin.range[0]),
  );
  const added = further.length === 0 ? "" : text`${last === undefined ? "" : ", "}${joined(further, ", ")}`;
  return text`${written([begin.range[0], nameNode.range[0]])}${nameText}${upToInputs}${added}${last === undefined && added === "" ? comments.trimStart() : comments})`;
}
