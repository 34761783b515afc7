import { parse } from "../../ast/parse.ts";
import type { Source } from "../../ast/source.ts";
import { reachOfFile } from "../async/reach.ts";
import { analyze } from "../../recognize/analysis.ts";
import { isOffered } from "../../ast/offered.ts";
import { areOffered } from "./contract-leaks.ts";
import type { ContractFiles } from "./contract-stages.ts";
import { settingsOf, type MigrateOptions } from "../migration.ts";

/** One file as all that is known of a contract: what it exports others may use. */
export function contractOfText(text: string, options: MigrateOptions): ContractFiles {
  const { filePath } = options;
  // One tree for each text: what is found in one analysis is looked for in the next.
  const parsed = new Map<string, Source>();
  let shown = text;
  const sourceOf = (other: string): Source => {
    let source = parsed.get(other);
    if (source === undefined) parsed.set(other, (source = parse(other, filePath)));
    return source;
  };
  return {
    paths: [filePath],
    pathOf: () => filePath,
    reachOf: reachOfFile,
    // What a declaration file says is so at run time, whatever it says.
    isChosen: () => !/\.d\.[cm]?ts$/.test(filePath),
    textOf: () => text,
    show: (texts) => {
      shown = texts.get(filePath) ?? text;
    },
    contextOf: (_, twins) =>
      analyze(sourceOf(shown), { ...settingsOf(options), twins: [...(options.twins ?? []), ...twins] }),
    bondOf: ({ places, typeNames }) =>
      places.some(({ context, owner }) => isOffered(owner.node) || areOffered(context, typeNames))
        ? "exported-pair"
        : null,
    errorsOf: () => [],
    placeOf: (_, line) => `line ${line}`,
  };
}
