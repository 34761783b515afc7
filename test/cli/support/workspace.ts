import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { run } from "../../../src/cli/run.ts";
import type { Io } from "../../../src/cli/io.ts";

/** What a run left behind. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A temporary folder that goes when the test ends. */
export class Workspace {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "tapify-test-")));

  constructor(files: Readonly<Record<string, string | Buffer>> = {}) {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    onTestFinished(() => rmSync(this.root, { recursive: true, force: true }));
  }

  path(...names: string[]): string {
    return join(this.root, ...names);
  }

  write(path: string, content: string | Buffer): void {
    const file = this.path(path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  read(path: string): string {
    return readFileSync(this.path(path), "utf8");
  }

  /** Every file's content by its path, without git's own. */
  snapshot(): Record<string, string> {
    const entries = readdirSync(this.root, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return Object.fromEntries(
      files
        .filter((file) => !file.includes("/.git/"))
        .map((file) => [file.slice(this.root.length + 1), readFileSync(file, "latin1")]),
    );
  }

  /** Another folder with the same in it. */
  copy(): Workspace {
    const copied = new Workspace();
    cpSync(this.root, copied.root, { recursive: true, verbatimSymlinks: true });
    return copied;
  }

  git(...args: string[]): string {
    const identity = ["-c", "user.name=test", "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false"];
    return execFileSync("git", [...identity, ...args], {
      cwd: this.root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Makes the folder a repository in which everything is committed. */
  commit(): void {
    this.git("init", "-q");
    this.git("add", "-A");
    this.git("commit", "-q", "-m", "start");
  }
}

/** Streams that remember, as an `Io` standing in `cwd`. */
export function recordingIo(cwd: string, { isTTY = false, env = {} as Io["env"] } = {}) {
  const written = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof written) => ({
    isTTY,
    write(text: string) {
      written[name] += text;
    },
  });
  return { io: { cwd, env, stdout: stream("stdout"), stderr: stream("stderr") } satisfies Io, written };
}

/** Runs a whole command line in this process. */
export async function tapify(cwd: string, ...argv: string[]): Promise<RunResult> {
  const { io, written } = recordingIo(cwd);
  return { code: await run(argv, io), ...written };
}
