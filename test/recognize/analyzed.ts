import { nodesOf } from "../../src/ast/node-index.ts";
import { parse } from "../../src/ast/parse.ts";
import type { TSESTree } from "../../src/ast/source.ts";
import type { Settings } from "../../src/dialects/settings.ts";
import { analyze } from "../../src/recognize/analysis.ts";
import type { Context } from "../../src/recognize/context.ts";

/** The analysis of a text. */
export function analyzed(text: string, settings: Settings = {}, filePath = "file.ts"): Context {
  return analyze(parse(text, filePath), settings);
}

/** What stands in the parentheses of the calls `$(…)` of a text, in source order. */
export function marked(context: Context): TSESTree.Expression[] {
  return nodesOf(context.source)
    .of("CallExpression")
    .filter(({ callee }) => callee.type === "Identifier" && callee.name === "$")
    .map((call) => call.arguments[0] as TSESTree.Expression);
}
