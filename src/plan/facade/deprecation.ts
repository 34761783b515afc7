import { hasLineBreak, indentAt, lineBreakOf } from "../../ast/lines.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import { leadingComments } from "../layout.ts";
import type { TextEdit } from "../types.ts";

/** Marks a declaration as deprecated in favour of something awaitable: in the comment that documents it, or in one of its own. */
export function deprecationEdit(source: Source, declaration: TSESTree.Node, name: string): TextEdit {
  const newline = lineBreakOf(source.text);
  const indent = indentAt(source.text, declaration.range[0]);
  const documentation = leadingComments(source, declaration).findLast(
    ({ type, value }) => String(type) === "Block" && value.startsWith("*"),
  );
  const tag = `@deprecated Await \`${name}\` instead.`;
  if (documentation === undefined)
    return { range: [declaration.range[0], declaration.range[0]], text: `/** ${tag} */${newline}${indent}` };
  const text = documentation.value.slice(1).trimEnd();
  const isOneLine = !hasLineBreak(text);
  const lines = isOneLine ? `/**${newline}${indent} *${text}` : `/**${text}`;
  return { range: documentation.range, text: `${lines}${newline}${indent} * ${tag}${newline}${indent} */` };
}
