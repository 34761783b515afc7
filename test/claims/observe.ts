import { isAbsolute, join } from "node:path";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import plugin from "../../src/index.ts";
import { migrateText } from "../../src/plan/migrate.ts";
import type { FileMigration } from "../../src/plan/migration.ts";
import { settingsOf } from "../../src/plan/migration.ts";
import { migrateProject } from "../../src/project/migrate-project.ts";
import { TemporaryProject } from "../project/projects.ts";
import type { ClaimedText, Mark } from "./read.ts";

/** What tapify tells of a line. */
export interface Told extends Pick<Mark, "file" | "line" | "told" | "code"> {
  readonly message: string;
}

/** What comes of a text today. */
export interface Observed {
  /** The migrated files, by path in the folder; those that stay as well. */
  readonly output: Readonly<Record<string, string>>;
  readonly told: readonly Told[];
}

const COMPILER_OPTIONS = {
  strict: true,
  types: [],
  lib: ["ES2023", "DOM"],
  target: "ES2022",
  module: "ES2022",
  moduleResolution: "Bundler",
  allowImportingTsExtensions: true,
  allowJs: true,
  noEmit: true,
};

/** Lints and migrates a text; without rule options that are known to be none yet. */
export function observe(given: ClaimedText): Observed {
  const text = given.fails.has("options") ? { ...given, ruleOptions: null } : given;
  return text.isProject ? observeProject(text) : observeFile(text);
}

/** Migrates what came out of a migration once more. */
export function migrateAgain(
  text: ClaimedText,
  output: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return observe({ ...text, files: output, rules: [] }).output;
}

function observeFile({ files, path, options, ...lint }: ClaimedText): Observed {
  const entries = Object.entries(files).map(([file, content]) => {
    const filePath = join(path, "..", file);
    return [file, migrateText(content, { filePath, ...options })] as const;
  });
  return {
    output: Object.fromEntries(entries.map(([file, { output }]) => [file, output])),
    told: [
      ...entries.flatMap(([file, migration]) => toldOf(file, migration)),
      ...Object.entries(files).flatMap(([file, content]) => findings({ ...lint, options }, file, content, {})),
    ],
  };
}

/** Every error that the compiler finds in the files of a project. */
export function projectErrors(files: Readonly<Record<string, string>>): readonly string[] {
  return withProject(files, (project) => project.errors());
}

function observeProject({ files, options, ...lint }: ClaimedText): Observed {
  return withProject(files, (project) => {
    const migrated = migrateProject(project.config, options);
    const entries = [...migrated].map(
      ([file, migration]) => [file.slice(project.folder.length + 1), migration] as const,
    );
    const typed = { projectService: true, tsconfigRootDir: project.folder };
    return {
      output: {
        ...files,
        ...Object.fromEntries(
          entries.flatMap(([file, { status, output }]) => (status === "migrated" ? [[file, output] as const] : [])),
        ),
      },
      told: [
        ...entries.flatMap(([file, migration]) => toldOf(file, migration)),
        ...Object.entries(files).flatMap(([file, content]) =>
          findings({ ...lint, options }, join(project.folder, file), content, typed).map((found) => ({
            ...found,
            file,
          })),
        ),
      ],
    };
  });
}

function withProject<T>(files: Readonly<Record<string, string>>, use: (project: TemporaryProject) => T): T {
  const project = TemporaryProject.keptOf({
    "tsconfig.json": JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ["*"] }),
    ...files,
  });
  try {
    return use(project);
  } finally {
    project.remove();
  }
}

function toldOf(file: string, { migrations, refusals }: FileMigration): Told[] {
  return [
    ...migrations.flatMap(({ line, notes }) => [
      { file, line, told: "migrated", code: null, message: "" },
      ...notes.map((note) => ({ file, line: note.line, told: "note", code: note.code, message: note.message })),
    ]),
    ...refusals.map(({ code, line, message }) => ({ file, line, told: "refused", code, message })),
  ];
}

/** Lints a text with its rule options. @throws Error if the rules have no such options */
export function lintWithOptions({ files, ...lint }: ClaimedText): void {
  for (const [file, content] of Object.entries(files)) findings(lint, file, content, {});
}

function findings(
  { rules, ruleOptions, options }: Pick<ClaimedText, "rules" | "ruleOptions" | "options">,
  filename: string,
  text: string,
  parserOptions: object,
): Told[] {
  if (rules.length === 0) return [];
  const config: Linter.Config = {
    files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
    languageOptions: {
      parser: parser as unknown as Linter.Parser,
      parserOptions: { ecmaFeatures: { jsx: true }, ...parserOptions },
    },
    plugins: { tapify: plugin },
    settings: { tapify: settingsOf(options) },
    rules: Object.fromEntries(
      rules.map((rule) => [`tapify/${rule}`, ruleOptions === null ? "error" : ["error", ruleOptions]]),
    ),
  };
  return new Linter({ cwd: isAbsolute(filename) ? join(filename, "..") : undefined })
    .verify(text, [config], filename)
    .map(({ ruleId, line, message, fatal }) => {
      if (fatal || ruleId === null) throw new Error(message);
      return { file: filename, line, told: (ruleId ?? "").replace("tapify/", ""), code: null, message };
    });
}
