import type { ESLint } from "eslint";
import { isStackOverflow, STACK_OVERFLOW, TOO_DEEP } from "../../ast/nesting.ts";
import { Candidates, cleanResult } from "./candidates.ts";
import { createConfig } from "./config.ts";
import type { CheckOptions } from "./options.ts";
import { keepOwnMessages } from "./own-results.ts";

/** What of the options decides what is found. */
export type LintOptions = Pick<CheckOptions, "preset" | "settings" | "project">;

/** Why a file that was to be checked with types was checked without. */
export type UntypedReason = "outside" | "too deep";

/** What came of a file. */
export interface Linted {
  /** `null` for a file that ESLint never lints. */
  readonly result: ESLint.LintResult | null;
  readonly untyped: UntypedReason | null;
}

/** What one run of ESLint gives, and who the stack overflowed in, if it did. */
interface Run {
  readonly result: ESLint.LintResult | null;
  readonly overflow: "parser" | "rules" | null;
}

/** Lints one text at a time, with our rules alone. */
export class FileLinter {
  /** The instance that knows the rules of the results. */
  readonly eslint: ESLint;
  readonly #withoutTypes: () => ESLint;
  /** Absent where there are types, which tell more than any word. */
  readonly #candidates: Candidates | null;
  /** Whether the types of the project cannot be told: the stack overflows on one of its files. */
  #isProjectTooDeep = false;

  /** @param base Absolute: a folder that holds all files. */
  constructor(options: LintOptions, base: string, Eslint: typeof ESLint) {
    const create = (project: string | null): ESLint => createEslint({ ...options, project }, base, Eslint);
    this.eslint = create(options.project);
    let untyped: ESLint | undefined;
    this.#withoutTypes = () => (untyped ??= create(null));
    this.#candidates = options.project === null ? new Candidates(options.preset, options.settings) : null;
  }

  /**
   * Lints a text. One that is nested too deeply is a result with a fatal message, like one that does not parse.
   *
   * @param file Absolute.
   * @throws whatever a rule throws; ESLint's message names the file and the rule.
   */
  async lint(file: string, text: string): Promise<Linted> {
    if (this.#candidates !== null) {
      const isClean = !this.#candidates.includes(text);
      return { result: isClean ? cleanResult(file) : (await run(this.eslint, file, text)).result, untyped: null };
    }
    const typed = this.#isProjectTooDeep ? null : await run(this.eslint, file, text);
    if (typed !== null && typed.overflow === null && !isOutsideProject(typed)) return { ...typed, untyped: null };
    const untyped = await run(this.#withoutTypes(), file, text);
    // It is the file itself that is nested too deeply.
    if (untyped.overflow !== null) return { ...untyped, untyped: null };
    // It is another file of the project, then, which will be read for each file again.
    if (typed?.overflow === "parser") this.#isProjectTooDeep = true;
    return { ...untyped, untyped: typed?.overflow === null ? "outside" : "too deep" };
  }
}

/** An instance of ESLint with our rules alone. @param base as for `FileLinter` */
export function createEslint(options: LintOptions, base: string, Eslint: typeof ESLint): ESLint {
  return new Eslint({
    cwd: base,
    overrideConfigFile: true,
    overrideConfig: createConfig(options),
    warnIgnored: false,
    ruleFilter: ({ ruleId }) => ruleId.startsWith("tapify/"),
  });
}

async function run(eslint: ESLint, filePath: string, text: string): Promise<Run> {
  try {
    const [result] = await eslint.lintText(text, { filePath });
    if (result === undefined) return { result: null, overflow: null };
    const isUnparsed = result.messages.some(({ fatal, message }) => fatal && message.includes(STACK_OVERFLOW));
    return isUnparsed
      ? { result: tooDeep(filePath), overflow: "parser" }
      : { result: keepOwnMessages(result), overflow: null };
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    return { result: tooDeep(filePath), overflow: "rules" };
  }
}

function tooDeep(filePath: string): ESLint.LintResult {
  return {
    ...cleanResult(filePath),
    messages: [{ ruleId: null, fatal: true, severity: 2, message: `The file ${TOO_DEEP}.`, line: 1, column: 1 }],
    errorCount: 1,
    fatalErrorCount: 1,
  };
}

// The parser has no error code for a file that no program holds; each variant of its message names the option.
function isOutsideProject({ result }: Run): boolean {
  return (result?.messages ?? []).some(({ fatal, message }) => fatal && message.includes("parserOptions.project"));
}
