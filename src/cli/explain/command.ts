import { statSync } from "node:fs";
import { resolve } from "node:path";
import { NestingError } from "../../ast/nesting.ts";
import { ParseError } from "../../ast/parse-error.ts";
import type { Explanation } from "../../explain/explanation.ts";
import { printable } from "../../printable.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { isScriptName } from "../files/kinds.ts";
import { readSource } from "../files/source-text.ts";
import type { Io } from "../io.ts";
import { loadOneByOne } from "../load-one-by-one.ts";
import { UsageError } from "../usage-error.ts";
import { parseExplainOptions, type ExplainCommandOptions } from "./options.ts";

/**
 * `tapify explain`: says what was recognised at a place of a file, and what the migrations make of it.
 *
 * @param argv The arguments after the command's name.
 * @throws {UsageError} for arguments that make no sense, a file that cannot be read or parsed, or a place that it does not have.
 */
export async function explain(argv: readonly string[], io: Io): Promise<ExitCode> {
  const options = parseExplainOptions(argv, io.cwd);
  const file = resolve(io.cwd, options.path);
  const text = textOf(file, options.path);
  loadOneByOne(options.project === null ? "../../explain/explain.ts" : "./project.ts", import.meta.url);
  const explanation = await explained(text, file, options);
  const report = options.json
    ? (await import("./report-json.ts")).formatJson(options, explanation)
    : (await import("./report-text.ts")).formatText(options, explanation, io);
  io.stdout.write(report);
  return EXIT.clean;
}

function textOf(file: string, path: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) throw new UsageError(`${printable(path)}: no such file.`);
  if (stats.isDirectory()) throw new UsageError(`${printable(path)} is a folder. Name a file.`);
  if (!isScriptName(file))
    throw new UsageError(`${printable(path)} is no TypeScript or JavaScript by its name.`);
  try {
    return readSource(file).text;
  } catch (error) {
    throw new UsageError(printable(`${path} cannot be read: ${(error as Error).message}.`));
  }
}

async function explained(
  text: string,
  file: string,
  { allowExports, path, line, column, plan, project }: ExplainCommandOptions,
): Promise<Explanation> {
  const { explainer, PlaceError } = await import("../../explain/explain.ts");
  try {
    const explain =
      project === null
        ? explainer(text, { ...plan, filePath: file })
        : (await import("./project.ts")).projectExplainer(project, { file, path, text }, { ...plan, allowExports });
    return explain({ line, column });
  } catch (error) {
    if (error instanceof PlaceError || error instanceof NestingError)
      throw new UsageError(printable(`${path} ${error.message}.`));
    if (error instanceof ParseError)
      throw new UsageError(
        printable(`${path}:${error.line}:${error.column} does not parse: ${error.message.replace(/\.$/, "")}.`) +
          " Correct that first.",
      );
    throw error;
  }
}
