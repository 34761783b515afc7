import { isDeepStrictEqual } from "node:util";
import type { Source, TSESTree } from "../ast/source.ts";
import type { Settings } from "../dialects/settings.ts";
import { settingsProblems } from "../dialects/settings-problems.ts";
import { createContext, type Context } from "./context.ts";

const contexts = new WeakMap<TSESTree.Program, Context>();

/**
 * The analysis of a file: one per Program node, whoever asks, for as long as they ask with the same settings and the same view of the
 * file. Every recogniser caches what it found by this context, so the first rule to ask pays and the others read.
 *
 * @throws {TypeError} when a setting is none, or has a value that it does not take; the message names the nearest.
 */
export function analyze(source: Source, settings: Settings = {}): Context {
  const known = contexts.get(source.ast);
  if (known?.source === source && isDeepStrictEqual(known.settings, settings)) return known;
  const problems = settingsProblems(settings, "settings");
  if (problems.length > 0) throw new TypeError(problems.join(" "));
  const context = createContext(source, settings);
  contexts.set(source.ast, context);
  return context;
}
