import { indentAt, lineBreakOf } from "../../ast/lines.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Context } from "../../recognize/context.ts";
import type { PairInput } from "../../recognize/contracts/contract-pairs.ts";
import { fillIn } from "../codes.ts";
import { deprecationEdit } from "../facade/deprecation.ts";
import { indentUnitOf, semicolon } from "../layout.ts";
import type { PlacedPair } from "./pair-groups.ts";
import { givesNothing, RESULT } from "./pair-signature.ts";
import type { Note, TextEdit } from "../types.ts";
import { freshName } from "./pair-layout.ts";
import type { FacadeHelpers } from "../facade/facade-helper-names.ts";
import { NOTES } from "../note-codes.ts";

/** The edits that put pairs on top of their awaitable method, and mark them as deprecated. */
export function facadeEdits(
  context: Context,
  pairs: readonly PlacedPair[],
  name: string,
  { handleOf, outcomeOf }: FacadeHelpers,
): { readonly edits: readonly TextEdit[]; readonly notes: readonly Note[] } {
  const { source } = context;
  const [newline, end, unit] = [lineBreakOf(source.text), semicolon(source), indentUnitOf(source.text)];
  const edits: TextEdit[] = [];
  const notes: Note[] = [];
  for (const { pair, typeName } of pairs) {
    const { begin, end: ending, inputs, callback, state, handle, outs } = pair!;
    for (const { node } of [begin, ending]) edits.push(deprecationEdit(source, node, name));
    if (begin.fn === null || ending.fn === null) continue;
    // A static Begin that does not ask what it is called on may be called on nothing.
    const asksForThis = [begin.fn, ending.fn].some(
      (fn) =>
        findAll(
          fn,
          source.visitorKeys,
          (node): node is TSESTree.Node => node.type === "ThisExpression" || node.type === "Super",
        ).length > 0,
    );
    const indent = indentAt(source.text, begin.node.range[0]);
    const block = (lines: readonly string[]): string =>
      `{${newline}${lines.map((line) => indent + unit + line + end + newline).join("")}${indent}}`;
    const passed = inputs.map(({ name: input, held, parameter }) =>
      held === undefined ? (input ?? textOf(source, parameter)) : `${input!}.${heldMember({ parameter })}`,
    );
    edits.push({
      range: begin.fn.body.range,
      text: block([
        `return ${handleOf}(${begin.isStatic && !asksForThis ? typeName! : "this"}.${name}(${passed.join(", ")}), ${callback.name}, ${state.name})`,
      ]),
    });
    const outputs = freshName(context, pair!, ["outputs", "values"]);
    const filled = outs.map(
      (out, index) => `${out.name}.${heldMember({ parameter: ending.params[index]! })} = ${outputs}.${out.name}`,
    );
    const lines =
      outs.length === 0
        ? [`${givesNothing(pair!) ? "" : "return "}${outcomeOf}(${handle.name})`]
        : [
            `const ${outputs} = ${outcomeOf}(${handle.name})`,
            ...filled,
            ...(givesNothing(pair!) ? [] : [`return ${outputs}.${RESULT}`]),
          ];
    edits.push({ range: ending.fn.body.range, text: block(lines) });
    notes.push({
      code: "facade-cannot-block",
      range: begin.nameNode.range,
      message: fillIn(NOTES["facade-cannot-block"], name),
    });
  }
  return { edits, notes };
}

/** The member of a holder that has its value. */
function heldMember({ parameter }: Pick<PairInput, "parameter">): string {
  const type = "typeAnnotation" in parameter ? parameter.typeAnnotation?.typeAnnotation : undefined;
  const [member] = type?.type === "TSTypeLiteral" ? type.members : [];
  return member?.type === "TSPropertySignature" && member.key.type === "Identifier" ? member.key.name : "Value";
}
