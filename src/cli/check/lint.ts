import type { ESLint } from "eslint";
import { dirname, relative, sep } from "node:path";
import type { FoundFile } from "../files/discover.ts";
import { isMinifiedName, isMinifiedText } from "../files/minified.ts";
import { readSource } from "../files/source-text.ts";
import { listening } from "../../files/questions.ts";
import { isLarge } from "../large-text.ts";
import { TaskThread } from "../task-thread.ts";
import type { ResultCache } from "./cache.ts";
import { withGuardedProject } from "./guarded-project.ts";
import { FileLinter, type Linted, type LintOptions, type UntypedReason } from "./file-linter.ts";
import type { LintAnswer, LintTask } from "./lint-worker.ts";
import { printable } from "../../printable.ts";
import { defectOf } from "./defect.ts";

/** A file to lint; with a text of its own, that is not read. */
export interface LintedFile extends FoundFile {
  readonly text?: string;
}

export interface LintRun {
  /** In ESLint's own format, in the order of the files. */
  readonly results: ESLint.LintResult[];
  /** What was wrong with files that could not be checked, or be read for their types; it goes on where the file has been named. */
  readonly problems: ReadonlyMap<string, string>;
  /** Files that were to be checked with types and were checked without. */
  readonly untyped: Readonly<Record<UntypedReason, readonly string[]>>;
  /** The files that were left out, as they look minified. */
  readonly minified: readonly FoundFile[];
  /** The instance that knows the rules of the results. */
  readonly eslint: ESLint;
}

/**
 * Lints files with our rules alone. What goes wrong with one file keeps none of the others from being linted.
 *
 * @param cwd Absolute; also the base of the run, unless files lie elsewhere.
 * @param isNamed Whether a file was named in full: it is linted even if it looks minified.
 * @param cache What is known from earlier runs, and is added to.
 * @throws {UsageError} when the configuration of the project is no file to read.
 */
export async function lint(
  files: readonly LintedFile[],
  options: LintOptions,
  cwd: string,
  Eslint: typeof ESLint,
  isNamed: (file: FoundFile) => boolean,
  cache: ResultCache | null = null,
): Promise<LintRun> {
  const base = commonFolder(cwd, files);
  const linter = new FileLinter(options, base, Eslint);
  const thread = new TaskThread<LintTask, LintAnswer>(new URL("./lint-worker", import.meta.url));
  const results: ESLint.LintResult[] = [];
  const problems = new Map<string, string>();
  const minified: FoundFile[] = [];
  const untyped = { outside: [] as string[], "too deep": [] as string[] };

  const guarded = await withGuardedProject(options.project, async () => {
    for (const found of files) {
      const { file, path } = found;
      const isSkipped = !isNamed(found);
      if (isSkipped && isMinifiedName(file)) {
        minified.push(found);
        continue;
      }
      try {
        const text = found.text ?? textOf(file);
        if (isSkipped && isMinifiedText(file, text)) {
          minified.push(found);
          continue;
        }
        const linted = isLarge(text)
          ? await lintInThread({ options, base, file, text })
          : await lintOrRecall(linter, file, text, cache);
        if (linted.result !== null) results.push(linted.result);
        if (linted.untyped !== null) untyped[linted.untyped].push(file);
      } catch (error) {
        problems.set(path, messageOf(error));
      }
    }
  });
  await thread.end();
  const told = new Set(files.flatMap(({ file, path }) => (problems.has(path) ? [file] : [])));
  for (const [file, problem] of guarded.problems) if (!told.has(file)) problems.set(file, printable(problem));
  return { results, problems, untyped, minified, eslint: linter.eslint };

  async function lintInThread(task: LintTask): Promise<Linted> {
    // The results are of the instance here as well, which knows the rules only of files that it has heard of.
    await linter.eslint.calculateConfigForFile(task.file);
    const answer = await thread.run(task).catch((error: Error) => {
      throw new Problem(`ended the worker thread it was checked on: ${error.message}`);
    });
    if ("defect" in answer) throw new Problem(answer.defect);
    for (const [file, message] of answer.problems) problems.set(file, message);
    return answer.linted;
  }
}

async function lintOrRecall(
  linter: FileLinter,
  file: string,
  text: string,
  cache: ResultCache | null,
): Promise<Linted> {
  if (cache === null) return linter.lint(file, text);
  const known = cache.get(file, text);
  if (known !== null) {
    // The instance knows the rules only of files that it has heard of.
    if (known.messages.length > 0) await linter.eslint.calculateConfigForFile(file);
    return { result: known, untyped: null };
  }
  const { questions, result: linted } = await listening(() => linter.lint(file, text));
  if (linted.result !== null) cache.set(file, text, linted.result, questions);
  return linted;
}

/** A problem whose message goes on where the file has been named. */
class Problem extends Error {}

function textOf(file: string): string {
  try {
    const { text, hasBom } = readSource(file);
    return hasBom ? `\uFEFF${text}` : text;
  } catch (error) {
    throw new Problem(printable(`cannot be read: ${(error as Error).message}`), { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Problem ? error.message : defectOf(error);
}

/** The deepest folder that holds the current folder and every file: ESLint ignores what lies outside its base. */
export function commonFolder(cwd: string, files: readonly Pick<FoundFile, "file">[]): string {
  let folder = cwd;
  for (const { file } of files) {
    while (relative(folder, file).split(sep)[0] === "..") folder = dirname(folder);
  }
  return folder;
}
