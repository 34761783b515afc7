import { fork, type ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { damage, randomOf } from "../harness/damage.ts";
import { ROOT } from "../harness/transpile.ts";
import type { DamagedTask } from "./damaged-child.ts";
import type { Part, Trial } from "./part.ts";

const CHILD = fileURLToPath(new URL("damaged-child.ts", import.meta.url));
const LOADER = new URL("../../scripts/typescript.js", import.meta.url).href;
const FOLDERS = ["begin-end", "blocking", "contracts", "events", "seeds"];
const LONGEST_MS = 120_000;
/** A process that has tried so many is followed by a fresh one: what is kept for a whole run must not pile up. */
const MOST_TRIALS = 400;

/** Fixtures with faults in them: no migration and no rule fails on them, what comes out parses, and a second run changes nothing. */
export class DamagedTexts implements Part {
  readonly name = "damaged texts";
  readonly #texts = fixtureTexts();
  readonly #projects = projectFiles();
  #child: ChildProcess | null = null;
  #tried = 0;
  #inProjects = 0;
  #ofChild = 0;

  async try(seed: number): Promise<Trial> {
    const random = randomOf(seed);
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
    this.#tried++;
    if (random() < 0.1) {
      this.#inProjects++;
      const { name, files } = pick(this.#projects);
      const path = pick(Object.keys(files).filter((file) => /\.tsx?$/.test(file)));
      const damaged = { ...files, [path]: damage(files[path]!, random) };
      const fault = await this.#ask({ kind: "project", files: damaged });
      return { name: `${path} of the project ${name}`, fault, input: damaged };
    }
    const [path, text] = pick(this.#texts);
    const damaged = damage(text, random);
    const fault = await this.#ask({ kind: "text", path, text: damaged });
    return { name: path, fault, input: { [path.split("/").at(-1)!]: damaged } };
  }

  summary(): string {
    return `${this.#tried} damaged texts, ${this.#inProjects} of them in projects`;
  }

  stop(): void {
    this.#child?.kill("SIGKILL");
    this.#child = null;
  }

  /** What is wrong with what becomes of a text; `null` when nothing is. */
  #ask(task: DamagedTask): Promise<string | null> {
    if (this.#ofChild++ >= MOST_TRIALS) this.stop();
    if (this.#child === null) {
      this.#child = fork(CHILD, { execArgv: ["--import", LOADER] });
      this.#ofChild = 1;
    }
    const child = this.#child;
    return new Promise((resolve) => {
      const finish = (fault: string | null): void => {
        clearTimeout(timer);
        child.off("message", finish);
        child.off("exit", end);
        resolve(fault);
      };
      const end = (): void => {
        this.stop();
        finish("The process ended.");
      };
      const timer = setTimeout(() => {
        child.off("exit", end);
        this.stop();
        finish(`There was no end after ${LONGEST_MS / 1000} seconds.`);
      }, LONGEST_MS);
      child.on("message", finish);
      child.on("exit", end);
      child.send(task);
    });
  }
}

/** The inputs of the fixtures and what is to become of them, by path in the repository. */
function fixtureTexts(): (readonly [string, string])[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, "fixtures", folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.[jt]sx?$/.test(path))
      .sort()
      .map((path) => {
        const file = join("fixtures", folder, path);
        return [file, readFileSync(join(ROOT, file), "utf8")] as const;
      }),
  );
}

function projectFiles(): { readonly name: string; readonly files: Readonly<Record<string, string>> }[] {
  const folder = join(ROOT, "fixtures/projects");
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const paths = readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, name).length + 1))
        .filter((path) => !path.startsWith("expected/"))
        .sort();
      return {
        name,
        files: Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, name, path), "utf8")])),
      };
    });
}
