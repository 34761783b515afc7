import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Linter, type Rule } from "eslint";
import { parse } from "../../src/ast/parse.ts";
import { ParseError } from "../../src/ast/parse-error.ts";
import { loadParser } from "../../src/ast/load-parser.ts";
import plugin from "../../src/index.ts";
import { migrateText } from "../../src/plan/migrate.ts";
import type { FileMigration, MigrateOptions } from "../../src/plan/migration.ts";
import { migrateProject } from "../../src/project/migrate-project.ts";
import { ProjectError } from "../../src/project/project-error.ts";
import { ROOT } from "../harness/transpile.ts";
import { write } from "./part.ts";

/** A process that migrates and lints one text after the other, and says what is wrong with what becomes of each. */

/** What the process is asked for. */
export type DamagedTask =
  | { readonly kind: "text"; readonly path: string; readonly text: string }
  | { readonly kind: "project"; readonly files: Readonly<Record<string, string>> };

const EVERYTHING: readonly Omit<MigrateOptions, "filePath">[] = [
  {},
  { target: "adapter", yieldInPolls: true, facade: true, host: "puerts" },
];
const RULES = Object.fromEntries(Object.keys(plugin.rules ?? {}).map((name) => [`tapify/${name}`, "error" as const]));

process.on("message", (task: DamagedTask) => {
  let fault: string | null;
  try {
    fault = task.kind === "text" ? faultOfText(task.text, basename(task.path)) : faultOfProject(task.files);
  } catch (error) {
    fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  process.send!(fault);
});

function faultOfText(text: string, filePath: string): string | null {
  for (const options of EVERYTHING) {
    const first = migrated(text, { ...options, filePath });
    // A text without the words of any migration is not even parsed.
    if (first === null || first.status !== "migrated") continue;
    // Whoever reads the message wants to see what came out.
    const about = (what: string): string => `${what}, with ${JSON.stringify(options)}:\n${first.output}`;
    if (!parses(first.output, filePath)) return about("What comes out does not parse");
    const second = migrated(first.output, { ...options, filePath });
    if (second === null) return about("What comes out does not parse");
    if (second.output !== first.output) return about(`A second run changes something, to\n${second.output}\nFrom`);
  }
  return faultOfRules(text, filePath);
}

/** What is made of a text; `null` for one that does not parse. */
function migrated(text: string, options: MigrateOptions): FileMigration | null {
  try {
    return migrateText(text, options);
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

function parses(text: string, filePath: string): boolean {
  try {
    parse(text, filePath);
    return true;
  } catch (error) {
    if (error instanceof ParseError) return false;
    throw error;
  }
}

function faultOfRules(text: string, filePath: string): string | null {
  const config: Linter.Config = {
    files: ["**/*"],
    languageOptions: { parser: loadParser() },
    plugins: { tapify: { rules: plugin.rules as Record<string, Rule.RuleModule> } },
    rules: RULES,
  };
  const messages = new Linter({ configType: "flat" }).verify(text, config, { filename: filePath });
  // A text that does not parse has one message, and no findings.
  if (messages.some(({ fatal }) => fatal)) return null;
  for (const { ruleId, suggestions = [] } of messages)
    for (const { fix } of suggestions) {
      const output = text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1]);
      if (!parses(output, filePath)) return `What ${ruleId} suggests does not parse:\n${output}`;
    }
  return null;
}

function faultOfProject(files: Readonly<Record<string, string>>): string | null {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "tapify-damaged-")));
  const folder = join(root, "fixtures/projects/damaged");
  try {
    mkdirSync(folder, { recursive: true });
    symlinkSync(join(ROOT, "fixtures/runtime"), join(root, "fixtures/runtime"));
    symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
    write(folder, files);
    const first = migratedProject(folder);
    if (first === null || first.size === 0) return null;
    write(folder, Object.fromEntries(first));
    const second = migratedProject(folder);
    if (second === null) return `What comes out does not parse:\n${[...first.values()].join("\n")}`;
    if (second.size > 0)
      return `A second run changes ${[...second.keys()].join(", ")}, to\n${[...second.values()].join("\n")}`;
    return null;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The new texts of a project's files, by path in it; `null` where it cannot be migrated as it is. */
function migratedProject(folder: string): ReadonlyMap<string, string> | null {
  try {
    const migrations = migrateProject(join(folder, "tsconfig.json"));
    return new Map(
      [...migrations].flatMap(([file, { status, output }]) =>
        status === "migrated" ? [[file.slice(folder.length + 1), output] as const] : [],
      ),
    );
  } catch (error) {
    if (error instanceof ProjectError) return null;
    throw error;
  }
}
