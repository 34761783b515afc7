import { execFileSync, type ChildProcess } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  watch,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomOf, type Random } from "../harness/damage.ts";
import { ROOT } from "../harness/transpile.ts";
import type { Part, Trial } from "./part.ts";
import { faultOf, runCli } from "./run-cli.ts";

const PROJECTS = ["shop", "parcels", "feeds", "gates", "twins"];
const SIGNALS = ["SIGKILL", "SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"] as const;
const MIGRATE = ["migrate", "--project", "tsconfig.json", "--write"];
/** About what writing takes, once it has begun, and what a whole run takes. */
const WRITING_MS = 40;
const RUN_MS = 4_000;

type Files = Readonly<Record<string, string>>;

/** Kills runs that write a project, at any moment, and brings them to an end: all files are written or none, and nothing else is left. */
export class KillLoop implements Part {
  readonly name = "killed runs";
  readonly #migrated = new Map<string, Files>();
  #tried = 0;
  #left = 0;

  async try(seed: number): Promise<Trial> {
    const random = randomOf(seed);
    const project = pick(PROJECTS, random);
    const signal = pick(SIGNALS, random);
    const recover = pick(["recover", "next run"] as const, random);
    const name = `${project}, ${signal}, ${recover}`;
    const copy = new ProjectCopy(project);
    try {
      const before = copy.files();
      const after = await this.#afterOf(project);
      await runCli(copy.folder, MIGRATE, (child) => killSometime(child, copy.folder, signal, random));
      this.#tried++;
      const killed = copy.files();
      if (Object.keys(killed).some(isOfTapify)) this.#left++;
      // A signal that can be held leaves nothing to recover, wherever it comes.
      const isWhole = signal === "SIGKILL" || isSame(killed, before) || isSame(killed, after);
      const next = await runCli(copy.folder, recover === "recover" ? ["recover"] : MIGRATE);
      const now = copy.files();
      const expected = recover === "recover" ? [before, after] : [after];
      const fault =
        faultOf(next) ??
        (isWhole ? null : `${signal} left some files written and others not.`) ??
        (next.code === 0 ? null : `${recover} ended with exit code ${next.code}.\n${next.stderr}`) ??
        (expected.some((files) => isSame(files, now))
          ? null
          : "Some files are written and others not, or something is left.") ??
        (copy.status().every((line) => line.startsWith(" M ")) ? null : `git status: ${copy.status().join("; ")}`);
      return { name, fault, input: killed };
    } finally {
      copy.remove();
    }
  }

  summary(): string {
    return `${this.#tried} killed runs, ${this.#left} of which left something`;
  }

  stop(): void {}

  /** What a run makes of a project that nobody kills. */
  async #afterOf(project: string): Promise<Files> {
    let after = this.#migrated.get(project);
    if (after === undefined) {
      const copy = new ProjectCopy(project);
      const before = copy.files();
      const run = await runCli(copy.folder, MIGRATE);
      after = copy.files();
      copy.remove();
      if (run.code !== 0 || isSame(before, after)) throw new Error(`${project} cannot be migrated: ${run.stderr}`);
      this.#migrated.set(project, after);
    }
    return after;
  }
}

/** Half of the time at any moment of the run, else shortly after it has begun to write. */
function killSometime(child: ChildProcess, folder: string, signal: NodeJS.Signals, random: Random): void {
  const kill = (): void => void child.kill(signal);
  const early = random() < 0.3;
  const timer = early ? setTimeout(kill, random() * RUN_MS) : null;
  const delay = random() * WRITING_MS;
  const watcher = watch(folder, (_event, name) => {
    if (early || name === null || !isOfTapify(name)) return;
    watcher.close();
    setTimeout(kill, delay);
  });
  child.on("close", () => {
    watcher.close();
    if (timer !== null) clearTimeout(timer);
  });
}

/** A committed copy of a fixture, beside the runtime as in the repository. */
class ProjectCopy {
  readonly #root = realpathSync(mkdtempSync(join(tmpdir(), "tapify-killed-")));
  readonly folder: string;

  constructor(name: string) {
    this.folder = join(this.#root, "fixtures/projects", name);
    mkdirSync(this.folder, { recursive: true });
    symlinkSync(join(ROOT, "fixtures/runtime"), join(this.#root, "fixtures/runtime"));
    symlinkSync(join(ROOT, "node_modules"), join(this.#root, "node_modules"));
    cpSync(join(ROOT, "fixtures/projects", name), this.folder, { recursive: true });
    rmSync(join(this.folder, "expected"), { recursive: true, force: true });
    this.#git("init", "-q");
    this.#git("add", "-A");
    this.#git(
      "-c",
      "user.name=stress",
      "-c",
      "user.email=stress@localhost",
      "commit",
      "-q",
      "--no-gpg-sign",
      "-m",
      "start",
    );
  }

  /** Every file, by its path. */
  files(): Files {
    const entries = readdirSync(this.folder, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return Object.fromEntries(
      paths
        .map((path) => path.slice(this.folder.length + 1))
        .filter((path) => !path.startsWith(".git/"))
        .sort()
        .map((path) => [path, readFileSync(join(this.folder, path), "utf8")]),
    );
  }

  /** The lines of `git status`. */
  status(): string[] {
    return this.#git("status", "--porcelain")
      .split("\n")
      .filter((line) => line !== "");
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  #git(...argv: string[]): string {
    return execFileSync("git", argv, { cwd: this.folder, encoding: "utf8" });
  }
}

function isOfTapify(path: string): boolean {
  return path.split("/").at(-1)!.startsWith(".tapify-");
}

function isSame(some: Files, others: Files): boolean {
  return JSON.stringify(some) === JSON.stringify(others);
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)]!;
}
