import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { FileOutcome } from "../../../src/cli/migrate/outcome.ts";
import type { BuiltCli } from "./built-cli.ts";
import { Workspace } from "./workspace.ts";

/**
 * Loaded before the program: kills the process, as `kill -9` does, before the n-th step in which it changes something in a folder. What is
 * written into a file then gets half-way.
 */
const PRELOAD = `
const fs = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");
const { KILLED_AT, KILLED_IN, KILLED_BEFORE } = process.env;
let left = Number(KILLED_AT);
const opened = new Set();
const isInside = (path) => typeof path === "number" ? opened.has(path) : String(path).startsWith(KILLED_IN);
function wrap(name, kill) {
  const original = fs[name];
  fs[name] = (...args) => {
    if (isInside(args[0]) && name.startsWith(KILLED_BEFORE) && !(name === "openSync" && !String(args[1]).startsWith("w"))) {
      left--;
      if (left === 0) {
        kill?.(original, args);
        process.kill(process.pid, "SIGKILL");
      }
    }
    const result = original(...args);
    if (name === "openSync" && isInside(args[0])) opened.add(result);
    return result;
  };
}
for (const name of ["openSync", "fchmodSync", "fsyncSync", "linkSync", "renameSync", "rmSync"]) wrap(name);
wrap("writeFileSync", (write, [file, content]) => write(file, content.slice(0, content.length / 2)));
syncBuiltinESMExports();
`;

const WRITE = `
const [write, folder, outcomes] = process.argv.slice(2);
const { writeMigrated } = await import(write);
const result = await writeMigrated(JSON.parse(outcomes), true, folder || null);
process.exitCode = result.outcomes.some(({ outcome }) => outcome.status === "error") ? 2 : 0;
`;

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Runs parts of the compiled program in processes that are killed at a certain step. */
export class KilledRuns {
  readonly #dist: string;
  readonly #scripts = new Workspace({ "preload.cjs": PRELOAD, "write.mjs": WRITE });

  constructor({ dist }: BuiltCli) {
    this.#dist = dist;
  }

  /**
   * Writes files together.
   *
   * @param step when to kill, counting from 1; 0 for never
   * @param counted the function of `node:fs` whose calls are counted, instead of all that change something
   */
  write(folder: string, outcomes: readonly FileOutcome[], step = 0, counted = ""): Promise<Ending> {
    return this.#write(folder, outcomes, step, folder, counted);
  }

  /** Writes files one by one. */
  writeEach(folder: string, outcomes: readonly FileOutcome[], step = 0): Promise<Ending> {
    return this.#write(folder, outcomes, step, "", "");
  }

  /** Runs `tapify recover`. */
  recover(folder: string, step = 0): Promise<Ending> {
    return this.#run(folder, step, [join(this.#dist, "src/cli/bin.js"), "recover", folder]);
  }

  #write(
    folder: string,
    outcomes: readonly FileOutcome[],
    step: number,
    together: string,
    counted: string,
  ): Promise<Ending> {
    const module = pathToFileURL(join(this.#dist, "src/cli/migrate/write.js")).href;
    const argv = [this.#scripts.path("write.mjs"), module, together, JSON.stringify(outcomes)];
    return this.#run(folder, step, argv, counted);
  }

  #run(folder: string, step: number, argv: readonly string[], counted = ""): Promise<Ending> {
    const env = { ...process.env, KILLED_AT: String(step), KILLED_IN: folder, KILLED_BEFORE: counted };
    const child = spawn(process.execPath, ["--require", this.#scripts.path("preload.cjs"), ...argv], {
      env,
      stdio: ["ignore", "ignore", "inherit"],
    });
    return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal })));
  }
}
