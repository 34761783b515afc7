import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { onTestFinished } from "vitest";
import { type CompilerError, errorsOf } from "../../src/project/check.ts";
import type { FileMigration } from "../../src/plan/migration.ts";
import { Project } from "../../src/project/project.ts";
import { ROOT } from "../harness/transpile.ts";

const FOLDER = "fixtures/projects";

/** The projects that are migrated in tests, by name. */
export const projectNames: readonly string[] = readdirSync(join(ROOT, FOLDER));

/** What becomes of a project: the texts of the files that change, and where it is refused, both by path in the project. */
export interface Expected {
  readonly texts: Readonly<Record<string, string>>;
  readonly refusals: readonly string[];
}

export function expectedOf(name: string): Expected {
  const folder = join(ROOT, FOLDER, name, "expected");
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /\.(?:[cm]?[jt]s|tsx)$/u.test(file))
    : [];
  const refusals = join(folder, "refusals.json");
  return {
    texts: Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), "utf8")])),
    refusals: existsSync(refusals) ? (JSON.parse(readFileSync(refusals, "utf8")) as string[]) : [],
  };
}

/** A project in a temporary folder, beside the runtime as in the repository; it goes when the test ends. */
export class TemporaryProject {
  readonly root: string = realpathSync(mkdtempSync(join(tmpdir(), "tapify-project-")));
  readonly folder: string;

  private constructor(name: string, removes = true) {
    this.folder = join(this.root, FOLDER, name);
    mkdirSync(this.folder, { recursive: true });
    symlinkSync(join(ROOT, "fixtures/runtime"), join(this.root, "fixtures/runtime"), "junction");
    symlinkSync(join(ROOT, "node_modules"), join(this.root, "node_modules"), "junction");
    if (removes) onTestFinished(() => this.remove());
  }

  /** A copy of one of the projects. */
  static copyOf(name: string): TemporaryProject {
    const project = new TemporaryProject(name);
    cpSync(join(ROOT, FOLDER, name), project.folder, { recursive: true });
    rmSync(join(project.folder, "expected"), { recursive: true, force: true });
    return project;
  }

  /** A project of these files, by path in it. */
  static of(files: Readonly<Record<string, string>>): TemporaryProject {
    const project = new TemporaryProject("written");
    project.write(files);
    return project;
  }

  /** The same for use outside of a test: `remove` is left to the caller. */
  static keptOf(files: Readonly<Record<string, string>>): TemporaryProject {
    const project = new TemporaryProject("written", false);
    project.write(files);
    return project;
  }

  get config(): string {
    return join(this.folder, "tsconfig.json");
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  /** The texts of the project, by path in it. */
  texts(): Record<string, string> {
    const files = readdirSync(this.folder, { recursive: true, encoding: "utf8" }).filter((file) =>
      /\.(?:[cm]?[jt]s|tsx)$/u.test(file),
    );
    return Object.fromEntries(files.map((file) => [file, readFileSync(join(this.folder, file), "utf8")]));
  }

  /** The programs of the project, by path in the repository; what is only declared aside. */
  sources(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.texts())
        .filter(([file]) => /(?<!\.d)\.ts$/u.test(file))
        .map(([file, text]) => [relative(this.root, join(this.folder, file)), text]),
    );
  }

  /** Every error that the compiler finds. */
  errors(): readonly string[] {
    return errorsOf(new Project(this.config)).map((error) => this.#textOf(error));
  }

  /** What a migration made of the project, by path in it. */
  outcomeOf(migrated: ReadonlyMap<string, FileMigration>): Expected {
    const files = [...migrated].map(([file, migration]) => ({ path: relative(this.folder, file), migration }));
    return {
      texts: Object.fromEntries(
        files.flatMap(({ path, migration }) =>
          migration.status === "migrated" ? [[path, migration.output] as const] : [],
        ),
      ),
      refusals: files.flatMap(({ path, migration }) =>
        migration.refusals.map(({ code, line, column }) => `${path}:${line}:${column} ${code}`),
      ),
    };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #textOf({ file, line, code, message }: CompilerError): string {
    return `${relative(this.folder, file)}:${line} TS${code} ${message}`;
  }
}
