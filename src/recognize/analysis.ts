import { isDeepStrictEqual } from "node:util";
import type { Source, TSESTree } from "../ast/source.ts";
import { HOST_NAMES, type Settings } from "../dialects/settings.ts";
import { createContext, type Context } from "./context.ts";

const contexts = new WeakMap<TSESTree.Program, Context>();

/**
 * The analysis of a file: one per Program node, whoever asks, for as long as they ask with the same settings and the same view of the
 * file. Every recogniser caches what it found by this context, so the first rule to ask pays and the others read.
 *
 * @throws {TypeError} when the settings name a host that does not exist.
 */
export function analyze(source: Source, settings: Settings = {}): Context {
  const known = contexts.get(source.ast);
  if (known?.source === source && isDeepStrictEqual(known.settings, settings)) return known;
  if (settings.host !== undefined && !HOST_NAMES.includes(settings.host)) {
    throw new TypeError(
      `There is no host ${JSON.stringify(settings.host)}. The setting \`tapify.host\` takes one of: ${HOST_NAMES.join(", ")}.`,
    );
  }
  const context = createContext(source, settings);
  contexts.set(source.ast, context);
  return context;
}
