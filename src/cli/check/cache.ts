import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import type { ESLint } from "eslint";
import { findDeployment } from "../../files/deployment-files.ts";
import { findPackage, packagesAskedFor } from "../../files/package-manifests.ts";
import { textOfAnswer, type Question } from "../../files/questions.ts";
import { printable } from "../../printable.ts";
import { temporaryName } from "../files/temporary-file.ts";
import { portable } from "../shards/blob.ts";
import { UsageError } from "../usage-error.ts";
import { packageVersion } from "../version.ts";
import type { LintOptions } from "./file-linter.ts";

interface Entry {
  readonly content: string;
  readonly questions: readonly Question[];
  readonly result: ESLint.LintResult;
}

/** Who answers a question that a result depends on. */
const ASKED: Readonly<Record<string, (file: string, given: string & string[]) => unknown>> = {
  package: findPackage,
  "asked for": packagesAskedFor,
  deployment: findDeployment,
};

/**
 * Results of earlier runs. One counts only while the text, tapify, ESLint, the parser, the options and all that was asked of packages and
 * deployment files meanwhile are the same.
 */
export class ResultCache {
  readonly #file: string;
  readonly #cwd: string;
  readonly #run: string;
  readonly #entries: Map<string, Entry>;

  /** @param location as the user named it */
  constructor(location: string, options: LintOptions, cwd: string) {
    this.#file = resolve(cwd, location);
    this.#cwd = cwd;
    this.#run = hashOf(JSON.stringify([runtimeVersions(), options.preset, options.settings]));
    this.#entries = new Map(Object.entries(this.#read()));
  }

  /** What was found in a file with this text; `null` where that is not known. */
  get(file: string, text: string): ESLint.LintResult | null {
    const entry = this.#entries.get(portable(file, this.#cwd));
    if (entry === undefined || entry.content !== hashOf(text)) return null;
    const isSame = entry.questions.every(({ about, answer, given: [, given] }) => {
      const ask = Object.hasOwn(ASKED, about) ? ASKED[about] : undefined;
      return ask !== undefined && textOfAnswer(ask(file, given as string & string[])) === answer;
    });
    return isSame ? { ...entry.result, filePath: file } : null;
  }

  set(file: string, text: string, result: ESLint.LintResult, questions: readonly Question[]): void {
    // Each is of the same file, whose path another machine may have elsewhere.
    const asked = questions.map(({ about, answer, given: [, given] }) => ({ about, answer, given: ["", given!] }));
    this.#entries.set(portable(file, this.#cwd), { content: hashOf(text), questions: asked, result });
  }

  /** @throws {UsageError} when the file cannot be written. */
  write(): void {
    const kept = [...this.#entries].filter(([path]) => existsSync(resolve(this.#cwd, path)));
    const temporary = join(dirname(this.#file), temporaryName());
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(temporary, JSON.stringify({ run: this.#run, entries: Object.fromEntries(kept) }));
      renameSync(temporary, this.#file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw new UsageError(printable(`--cache-location ${this.#file} cannot be written: ${(error as Error).message}.`));
    }
  }

  #read(): Record<string, Entry> {
    try {
      const kept = JSON.parse(readFileSync(this.#file, "utf8")) as {
        run?: string;
        entries?: Record<string, Entry>;
      } | null;
      return kept?.run === this.#run ? (kept.entries ?? {}) : {};
    } catch {
      // There is none yet, or it is no such file: nothing is known then.
      return {};
    }
  }
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function runtimeVersions(): string[] {
  const require = createRequire(import.meta.url);
  const version = (name: string): string => (require(`${name}/package.json`) as { version: string }).version;
  return [
    packageVersion(),
    version("eslint"),
    version("@typescript-eslint/parser"),
    version("typescript"),
    process.version,
  ];
}
