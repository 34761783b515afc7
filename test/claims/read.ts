import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REFUSALS } from "../../src/plan/codes.ts";
import type { MigrateOptions } from "../../src/plan/migration.ts";
import { ROOT } from "../harness/transpile.ts";
import { VARIANTS, type Variant } from "../migrate/variants.ts";
import { NOTES } from "../../src/plan/note-codes.ts";

/*
 * Claims: texts of which a comment says what must be true. Each file of `fixtures/claims/<kind>/` is one text. Its first lines say which
 * shape it is, and why; then come directives, one a line:
 *
 *   // claims: same, compiles      what holds of the text as a whole, see `CLAIMS`
 *   // fails: same: what happens   the claim is not met today, and what happens instead
 *   // options: { … }              options of the migration, and settings of the rules
 *   // rules: a, b                 the rules whose findings are marked, all of them
 *   // rule options: { … }         the option object of these rules
 *   // runs: as written, …         the variants in which a program of `same` runs; only as it is written without this directive
 *   // excuses: note: variant, …   a difference in these variants is allowed where the migration has that note
 *   // ends: uncaught              the program of `same` is ended by an error; what it did until then must come first
 *   // has: /…/, // lacks: /…/     what the migrated text holds, or does not hold
 *   // as: project                 the text is migrated and linted as a project, with types
 *   // @filename: a.ts             a further file follows
 *
 * A mark at the end of a line says what is told of that line: `//~ require-end`, `//~ migrated`, `//~ refused callers-unknown`,
 * `//~ entry` (migrated or refused), `//~ note export-now-async`; several are separated by `;`. What no mark names must not be told, but
 * for notes; entries count only where one line is marked with one, or as having none: `//~ no entry`. Text in quotes is part of the message.
 *
 * A fault that is known and not mended yet carries the word "fails": `// fails: same: …`, `//~ fails require-end`,
 * `//~ fails no require-end`. Its test is an expected failure, which fails as soon as the fault is mended. Then the word goes, or the whole
 * mark where it says "no", and the test is an ordinary one. There is no other list of known faults.
 */

/** What can be claimed of a text as a whole. */
export const CLAIMS = {
  same: "does the same after its migration",
  compiles: "compiles after its migration",
  text: "has the text that is wanted in its migration",
  settled: "stays as it is when it is migrated again",
  options: "is linted with its rule options",
} as const;

export type Claim = keyof typeof CLAIMS;

/** What a mark says of its line. */
export interface Mark {
  readonly file: string;
  /** One-based. */
  readonly line: number;
  /** A rule, `migrated`, `refused`, `entry`, or `note`. */
  readonly told: string;
  /** The code of a refusal or a note. */
  readonly code: string | null;
  readonly message: string | null;
  readonly isAbsent: boolean;
  readonly fails: boolean;
}

export interface ClaimedText {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly kind: string;
  /** By path in its folder; the first is the file itself. */
  readonly files: Readonly<Record<string, string>>;
  readonly isProject: boolean;
  readonly claims: readonly Claim[];
  readonly fails: ReadonlyMap<Claim, string>;
  readonly options: Omit<MigrateOptions, "filePath">;
  readonly rules: readonly string[];
  readonly ruleOptions: object | null;
  readonly variants: readonly Variant[];
  /** The note that allows a difference in a variant. */
  readonly excuses: ReadonlyMap<Variant, string>;
  readonly endsUncaught: boolean;
  readonly has: readonly RegExp[];
  readonly lacks: readonly RegExp[];
  readonly marks: readonly Mark[];
}

const FOLDER = "fixtures/claims";

const DIRECTIVE = /^\/\/ (claims|fails|options|rules|rule options|runs|excuses|ends|has|lacks|as): (.*)$/u;

/**
 * @param path of the text, relative to the repository's root
 * @throws Error if a directive or mark says what is not understood, so that none is passed over
 */
export function readClaims(path: string, text: string): ClaimedText {
  const [, , kind, name] = path.split("/") as [string, string, string, string];
  const header = text.split("\n").slice(
    0,
    text.split("\n").findIndex((line) => !line.startsWith("//")),
  );
  const given = header.flatMap((line) => {
    const [, directive, value] = DIRECTIVE.exec(line) ?? [];
    return directive === undefined ? [] : [{ directive, value: value! }];
  });
  // Prose first, then directives and nothing else, so that a misspelt one is no prose.
  const first = header.findIndex((line) => DIRECTIVE.test(line));
  const unknown = header.slice(first).find((line) => !DIRECTIVE.test(line) && line !== "// @ts-check");
  if (first > 0 && unknown !== undefined) throw new Error(`${path} has a directive that is not understood: ${unknown}`);
  if (header.length === 0 || first === 0) throw new Error(`${path} does not say which shape it is.`);
  const all = (directive: string): string[] =>
    given.flatMap((each) => (each.directive === directive ? [each.value] : []));
  const list = (directive: string): string[] => all(directive).flatMap((value) => value.split(/, */u));
  const fails = new Map(
    all("fails").map((value) => {
      const [claim, today] = value.split(/: (.*)/u) as [string, string | undefined];
      if (!today) throw new Error(`${path} does not say how ${claim} fails.`);
      return [oneOf(CLAIMS, claim, path), today];
    }),
  );
  const claims = list("claims").map((claim) => oneOf(CLAIMS, claim, path));
  for (const claim of fails.keys()) if (!claims.includes(claim)) throw new Error(`${path} does not claim ${claim}.`);
  const files = splitFiles(name, text);
  return {
    path,
    kind,
    files,
    isProject: all("as").includes("project"),
    claims,
    fails,
    options: JSON.parse(all("options")[0] ?? "{}") as ClaimedText["options"],
    rules: list("rules"),
    ruleOptions: all("rule options").map((value) => JSON.parse(value) as object)[0] ?? null,
    variants:
      list("runs").length === 0 ? ["as written"] : list("runs").map((variant) => oneOf(VARIANTS, variant, path)),
    excuses: new Map(
      all("excuses").flatMap((value) => {
        const [note, variants] = value.split(": ") as [string, string];
        // Whoever mends a fault may have to add the note first.
        if (!fails.has("same")) oneOf(NOTES, note, path);
        return variants.split(/, */u).map((variant) => [oneOf(VARIANTS, variant, path), note] as const);
      }),
    ),
    endsUncaught: all("ends").includes("uncaught"),
    has: all("has").map(toPattern),
    lacks: all("lacks").map(toPattern),
    marks: Object.entries(files).flatMap(([file, content]) => marksOf(path, file, content, list("rules"))),
  };
}

function oneOf<T extends object>(values: T, value: string, path: string): keyof T & string {
  if (!(value in values)) throw new Error(`${path} names what does not exist: ${value}`);
  return value as keyof T & string;
}

function toPattern(value: string): RegExp {
  return new RegExp(/^\/(.+)\/$/u.exec(value)![1]!, "u");
}

function splitFiles(name: string, text: string): Record<string, string> {
  const [first, ...rest] = text.split(/^\/\/ @filename: (\S+)\n/mu) as [string, ...string[]];
  const files: Record<string, string> = { [name]: first };
  for (let index = 0; index < rest.length; index += 2) files[rest[index]!] = rest[index + 1]!;
  return files;
}

const MARK = /^(fails )?(no )?([\w-]+)(?: ([\w-]+))?(?: "(.*)")?$/u;

function marksOf(path: string, file: string, text: string, rules: readonly string[]): Mark[] {
  return text.split("\n").flatMap((content, index) => {
    const marked = /\/[/*]~ (.*?)(?: ?\*\/\}?)?$/u.exec(content)?.[1];
    return (marked?.split("; ") ?? []).map((mark) => {
      const [, fails, absent, told, code, message] = MARK.exec(mark) ?? [];
      const isUnderstood =
        told === "refused"
          ? code === undefined || code in REFUSALS || fails !== undefined
          : told === "note"
            ? code !== undefined && (code in NOTES || fails !== undefined)
            : code === undefined && (told === "migrated" || told === "entry" || rules.includes(told ?? ""));
      if (!isUnderstood)
        throw new Error(`${path}, line ${index + 1} of ${file} has a mark that is not understood: ${mark}`);
      return {
        file,
        line: index + 1,
        told: told!,
        code: code ?? null,
        message: message ?? null,
        isAbsent: absent !== undefined,
        fails: fails !== undefined,
      };
    });
  });
}

/** All texts with claims, by path. */
export const claimedTexts: readonly ClaimedText[] = readdirSync(join(ROOT, FOLDER), {
  recursive: true,
  encoding: "utf8",
})
  .filter((path) => /\.[mc]?[jt]sx?$/u.test(path))
  .toSorted()
  .map((path) => readClaims(`${FOLDER}/${path}`, readFileSync(join(ROOT, FOLDER, path), "utf8")));
