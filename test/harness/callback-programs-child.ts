/**
 * Runs programs with callbacks in one process, each with modules of its own whose operations are over one after another, in the order in
 * which they were started. Takes texts as JSON from the standard input, some with the package that they call `async`, and gives what each
 * program has logged.
 */
import { createRequire } from "node:module";
import { text as readText } from "node:stream/consumers";
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";

type Callback = (error: Error | null, ...values: unknown[]) => void;

/** The names of the values that an operation gives, where it gives several. */
const SEVERAL: Readonly<Record<string, readonly string[]>> = {
  exec: ["stdout", "stderr"],
  lookup: ["address", "family"],
  read: ["bytesRead", "buffer"],
};

/** The operations that give their values beside an error as well, and whether the error of their promise has them as members. */
const BESIDE: Readonly<Record<string, "members" | "nowhere">> = { exec: "members", read: "nowhere" };

/** The operations of each module. */
const MODULES: Readonly<Record<string, readonly string[]>> = {
  child_process: ["exec"],
  dns: ["lookup"],
  fs: ["readFile", "stat", "unlink", "open", "read"],
};

/** What a call returns beside calling back, as the promise has it as its `child`. */
interface Handle {
  readonly of: string;
}

class World {
  readonly log: string[] = [];
  readonly #pending: (() => void)[] = [];
  #isEnded = false;

  /** What ends a process: an error that nobody catches. */
  end(error: unknown): void {
    this.write("uncaught", error instanceof Error ? error.message : String(error));
    this.#isEnded = true;
  }

  write(...values: unknown[]): void {
    if (!this.#isEnded) this.log.push(values.map(String).join(" "));
  }

  async finish(): Promise<void> {
    await setImmediate();
    for (let step = 0; step < 1_000 && !this.#isEnded; step++) {
      const next = this.#pending.shift();
      if (next === undefined) return;
      next();
      await setImmediate();
    }
  }

  #start(name: string, path: string, callback: Callback): void {
    this.write("started", name, path);
    this.#pending.push(() => {
      const names = SEVERAL[name];
      try {
        if (path.includes("bad")) {
          const beside = BESIDE[name] === undefined ? [] : names!.map((each) => `${each} beside ${path}`);
          callback(Object.assign(new Error(`${name} ${path}`), { code: "EBAD" }), ...beside);
        } else if (names !== undefined) callback(null, ...names.map((each) => `${each} of ${path}`));
        else callback(null, `${name} of ${path}`);
      } catch (error) {
        this.end(error);
      }
    });
  }

  /** A function with a callback, and the same with a promise. */
  operation(name: string): { called: (...args: unknown[]) => Handle; promised: (path: string) => Promise<unknown> } {
    const called = (...args: unknown[]): Handle => {
      this.#start(name, args[0] as string, args.at(-1) as Callback);
      return { of: String(args[0]) };
    };
    const names = SEVERAL[name];
    const promised = (path: string): Promise<unknown> & { readonly child: Handle } => {
      const promise = new Promise((resolve, reject) =>
        this.#start(name, path, (error, ...values) => {
          const members = Object.fromEntries((names ?? []).map((each, at) => [each, values[at]]));
          if (error !== null) reject(BESIDE[name] === "members" ? Object.assign(error, members) : error);
          else resolve(names === undefined ? values[0] : members);
        }),
      );
      return Object.assign(promise, { child: { of: path } });
    };
    Object.defineProperty(called, promisify.custom, { value: promised });
    return { called, promised };
  }

  require(module: string, library: string): unknown {
    if (module === "util") return { promisify };
    if (module === "async") return createRequire(import.meta.url)(library) as unknown;
    const operations = MODULES[module]!.map((name) => [name, this.operation(name)] as const);
    return {
      ...Object.fromEntries(operations.map(([name, { called }]) => [name, called])),
      promises: Object.fromEntries(operations.map(([name, { promised }]) => [name, promised])),
    };
  }
}

let world = new World();
process.on("unhandledRejection", (error) => world.end(error));

/** A program, and the package that it calls `async`. */
interface Program {
  readonly text: string;
  readonly library: string;
}

async function run({ library, text }: Program): Promise<readonly string[]> {
  const own = (world = new World());
  const program = new Function("require", "log", text) as (...given: unknown[]) => void;
  try {
    program(
      (module: string) => own.require(module, library),
      (...values: unknown[]) => own.write(...values),
    );
  } catch (error) {
    own.end(error);
  }
  await own.finish();
  return own.log;
}

const logs: (readonly string[])[] = [];
for (const given of JSON.parse(await readText(process.stdin)) as readonly (Program | string)[])
  logs.push(await run(typeof given === "string" ? { text: given, library: "async-3" } : given));
console.log(JSON.stringify(logs));
