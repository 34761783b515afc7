import { isFunction } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Sequence } from "./awaited-call.ts";
import type { ComposedParts } from "./composed-parts.ts";
import type { Part } from "./text.ts";

/** Writes a loop in place of a call that calls a function as long as another one says so, or until an error ends it. */
export function repeated(parts: ComposedParts, indent: string): Sequence {
  const { composition, operation } = parts.composed;
  const { form, test } = composition;
  const { fn, given } = composition.tasks[0]!;
  const inner = indent + parts.unit;
  const before: Part[][] = parts.staying.hold(indent);
  const isHeld = fn !== null && isFunction(unwrap(given)) && !parts.composed.direct.has(fn);
  const step = isHeld ? parts.naming.fresh(["step"]) : null;
  if (step !== null)
    before.push([`const ${step} = `, { range: given.range, inside: operation.call, indent }, parts.end]);
  const started: readonly Part[] = step === null ? parts.started(0, [], inner) : [`${step}()`];
  const isKept = parts.isUsed && form.gives === "last";
  const result = isKept ? (parts.declared ?? parts.naming.fresh(["result"])) : null;
  if (result !== null) before.push([`let ${result}${parts.end}`]);
  const line = (text: readonly Part[], at: string): Part[] => [parts.newline + at, ...text];
  const body = [
    ...line([result === null ? "" : `${result} = `, "await ", ...started, parts.end], inner),
    `${parts.newline}${indent}}`,
  ];
  const asked = test === null ? null : textOf(test, form.test?.isNegated === true);
  const loop: Part[] =
    asked === null
      ? ["for (;;) {", ...body]
      : form.test?.isBehind === true
        ? ["do {", ...body, " while (", ...asked, ")", parts.end]
        : ["while (", ...asked, ") {", ...body];
  return { before: [...before, loop], value: result !== null && parts.declared === null ? [result] : null };

  function textOf({ isCalled, node }: { isCalled: boolean; node: TSESTree.Expression }, isNegated: boolean): Part[] {
    const text: Part = { range: node.range, inside: operation.call, indent };
    const called: readonly Part[] = isCalled ? (isFunction(unwrap(node)) ? ["(", text, ")()"] : [text, "()"]) : [text];
    return isNegated ? ["!(", ...called, ")"] : [...called];
  }
}
