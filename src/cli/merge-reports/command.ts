import { EXIT, type ExitCode } from "../exit-code.ts";
import { oneOf, parseCommandLine } from "../arguments.ts";
import { errorsOnly } from "../check/own-results.ts";
import { hasFindings, loadEslint, openFormat } from "../check/report.ts";
import { warn, type Io } from "../io.ts";
import { exitCodeOf } from "../migrate/exit.ts";
import { MIGRATE_FORMATS } from "../migrate/options.ts";
import { report } from "../migrate/report.ts";
import { writeOutputFile } from "../output-file.ts";
import { readBlobs, type Blob } from "../shards/blob.ts";
import { mergedCheck } from "../shards/check-blob.ts";
import { mergedMigrate } from "../shards/migrate-blob.ts";
import { printable } from "../../printable.ts";

/** How to report, and to whom. */
interface Merge {
  readonly format: string | undefined;
  readonly io: Io;
  readonly print: (text: string) => void;
}

/**
 * `tapify merge-reports`: reports on the parts of a run as one run would have done, and ends as it would have ended.
 *
 * @param argv The arguments after the command's name.
 * @throws {UsageError} for arguments that make no sense, or parts that are not those of one run.
 */
export async function mergeReports(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { positionals, values } = parseCommandLine("merge-reports", argv, {
    format: { type: "string", short: "f" },
    "output-file": { type: "string", short: "o" },
  });
  const blobs = readBlobs(positionals, io.cwd);
  const output = values["output-file"];
  const merge: Merge = {
    format: values.format,
    io,
    print: (text) => {
      if (output !== undefined) writeOutputFile(output, io.cwd, text);
      else if (text !== "") io.stdout.write(text);
    },
  };
  return blobs[0]!.command === "check" ? mergeCheck(blobs, merge) : mergeMigrate(blobs, merge);
}

async function mergeCheck(blobs: readonly Blob[], { format = "stylish", io, print }: Merge): Promise<ExitCode> {
  const { failed, results: placed, ...options } = mergedCheck(blobs, io.cwd);
  const results = placed.map(([, result]) => result);
  const Eslint = await loadEslint();
  const formatted = await openFormat(format, io);
  const { createEslint } = await import("../check/file-linter.ts");
  const { commonFolder } = await import("../check/lint.ts");
  const base = commonFolder(
    io.cwd,
    results.map(({ filePath }) => ({ file: filePath })),
  );
  const eslint = createEslint({ preset: "all", settings: { host: "none" }, project: null }, base, Eslint);
  // It knows the rules only of files that it has heard of.
  for (const { filePath, messages } of results) if (messages.length > 0) await eslint.calculateConfigForFile(filePath);
  for (const [path, message] of failed) warn(io, `${printable(path)} ${message}.`);
  print(await formatted(options.quiet ? errorsOnly(results) : results, eslint));
  if (failed.length > 0) return EXIT.failed;
  return hasFindings(results, options, io) ? EXIT.findings : EXIT.clean;
}

async function mergeMigrate(blobs: readonly Blob[], { format = "text", io, print }: Merge): Promise<ExitCode> {
  const { failOnRefusal, isWritten, outcomes } = mergedMigrate(blobs, io.cwd);
  print(await report(outcomes, { format: oneOf("--format", format, MIGRATE_FORMATS), write: isWritten }, io));
  return exitCodeOf(outcomes, failOnRefusal);
}
