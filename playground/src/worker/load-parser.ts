/** Stands for `src/ast/load-parser.ts` of the core, which finds the parser in `node_modules`. Here it is loaded over the network, once. */
import type * as Loaded from "./parser.ts";

let loaded: typeof Loaded | null = null;

/** Loads the parser; nothing may be parsed before that has happened. */
export async function prepareParser(): Promise<typeof Loaded> {
  return (loaded ??= await import("./parser.ts"));
}

export function loadParser(): (typeof Loaded)["parser"] {
  return ready().parser;
}

export function loadParserParts(): (typeof Loaded)["parts"] {
  return ready().parts;
}

function ready(): typeof Loaded {
  if (loaded === null) throw new Error("The parser has not been loaded.");
  return loaded;
}
