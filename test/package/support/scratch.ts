import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../../../", import.meta.url));

const { devDependencies } = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8")) as {
  devDependencies: Record<string, string>;
};

/** The version of a package with which this checkout is developed, which `npm ci` has put into npm's cache. */
export function developedWith<T extends string>(...names: readonly T[]): Record<T, string> {
  return Object.fromEntries(names.map((name) => [name, devDependencies[name]])) as Record<T, string>;
}

/** What a command that was run gave back. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of our own outside of the checkout, where nothing but what was installed can be found. */
export class Scratch {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "tapify-package-")));

  /** Runs `node FILE …`; a file below `node_modules` is found as it was installed here. */
  node(...args: readonly string[]): CommandResult {
    return run(process.execPath, args, this.root);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  /** Copies a file of the checkout. */
  copy(path: string, to: string): void {
    cpSync(join(PROJECT, path), join(this.root, to));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Packs the package as it was built last, and gives the path of the tarball. */
export function pack(scratch: Scratch): string {
  if (!existsSync(join(PROJECT, "dist/src/index.js")))
    throw new Error("There is nothing to pack. Run `npm run build` first.");
  const { stdout } = npm(["pack", "--ignore-scripts", "--json", "--pack-destination", scratch.root], PROJECT);
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return join(scratch.root, filename);
}

/**
 * Makes a scratch project with the packed package and others installed, as a user would.
 *
 * @param dependencies Versions by name, besides our own package.
 */
export function createProject(dependencies: Readonly<Record<string, string>>): Scratch {
  const scratch = new Scratch();
  const tarball = pack(scratch);
  scratch.write(
    "package.json",
    JSON.stringify({ private: true, dependencies: { ...dependencies, "eslint-plugin-tapify": `file:${tarball}` } }),
  );
  npm(
    ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"],
    scratch.root,
  );
  return scratch;
}

function npm(args: readonly string[], cwd: string): CommandResult {
  // npm hands its own settings for this checkout on to what it runs; another project must not get them.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(?:package|lifecycle|command|config_local_prefix)/.test(name) && name !== "INIT_CWD",
    ),
  );
  const result = run("npm", args, cwd, env);
  if (result.code !== 0) throw new Error(`npm ${args.join(" ")} failed:\n${result.stderr}`);
  return result;
}

function run(command: string, args: readonly string[], cwd: string, env = process.env): CommandResult {
  // Colours that the tests' own terminal asks for would get into the output.
  const { FORCE_COLOR: _forced, ...plain } = env;
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: { ...plain, NO_COLOR: "1" },
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}
