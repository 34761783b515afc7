import type { ComposedParts } from "./composed-parts.ts";
import { isTypeScript } from "../call-text.ts";
import type { Part } from "./text.ts";

/** A promise that goes by the first answer of its kind, and by all of them where there is none: whether there is one, or for which value. */
export function firstAnswer(parts: ComposedParts, started: (item: string) => readonly Part[], indent: string): Part[] {
  const { form } = parts.composed.composition;
  const [item] = parts.givenNames(parts.composed.composition.tasks[0]!, ["item"]);
  const [resolve, reject] = [parts.naming.fresh(["resolve"]), parts.naming.fresh(["reject"])];
  const [inner, deeper] = [indent + parts.unit, indent + parts.unit.repeat(2)];
  const isEvery = form.gives === "every";
  const [early, late] = form.gives === "found" ? [item!, ""] : [String(!isEvery), String(isEvery)];
  const type = isTypeScript(parts.source.filePath) ? "<boolean>" : "";
  const test: Part[] = [isEvery ? "!(await " : "await ", ...started(item!), isEvery ? ")" : ""];
  return [
    `new Promise${type}((${resolve}, ${reject}) => {${parts.newline}${inner}`,
    "Promise.all(",
    ...parts.member(inner),
    `.map(async (${item}) => {${parts.newline}${deeper}if (`,
    ...test,
    `) ${resolve}(${early})${parts.end}`,
    `${parts.newline}${inner}})).then(() => ${resolve}(${late}), ${reject})${parts.end}`,
    `${parts.newline}${indent}})`,
  ];
}
