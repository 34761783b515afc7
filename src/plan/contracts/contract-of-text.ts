import { parse } from "../../ast/parse.ts";
import type { Source } from "../../ast/source.ts";
import { reachOfFile } from "../async/reach.ts";
import { analyze } from "../../recognize/analysis.ts";
import { isOffered } from "../../ast/offered.ts";
import { areOffered } from "./contract-leaks.ts";
import type { ContractFiles } from "./contract-stages.ts";
import { settingsOf, type MigrateOptions } from "../migration.ts";

/**
 * One file as all that is known of a contract: what it exports others may use.
 *
 * @param lineOf the one-based line that messages name for an offset of the file
 */
export function contractOfText(
  source: Source,
  options: MigrateOptions,
  lineOf: (offset: number) => number,
): ContractFiles {
  const { filePath, text } = source;
  const settings = settingsOf(options);
  // One tree for each text: what is found in one analysis is looked for in the next.
  const parsed = new Map([[text, source]]);
  let shown = text;
  const sourceOf = (other: string): Source => {
    let known = parsed.get(other);
    if (known === undefined) parsed.set(other, (known = parse(other, filePath)));
    return known;
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
      analyze(
        sourceOf(shown),
        twins.length === 0 ? settings : { ...settings, twins: [...(options.twins ?? []), ...twins] },
      ),
    bondOf: ({ places, typeNames }) =>
      places.some(({ context, owner }) => isOffered(owner.node) || areOffered(context, typeNames))
        ? "exported-pair"
        : null,
    errorsOf: () => [],
    placeOf: (_, offset) => `line ${lineOf(offset)}`,
  };
}
