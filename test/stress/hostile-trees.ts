import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomOf } from "../harness/damage.ts";
import { HOSTILE_THINGS, type HostileThing } from "./hostile-files.ts";
import { write, type Part, type Trial } from "./part.ts";
import { faultOf, runCli, type CliRun } from "./run-cli.ts";

/** A program that is migrated, and found fault with, whatever lies beside it. */
const GOOD = `function put(client: AmazonS3Client, request: PutObjectRequest): PutObjectResponse | undefined {
  const asyncResult: IAsyncResult = client.BeginPutObject(request, null, null);
  while (!asyncResult.IsCompleted) {
  }
  return client.EndPutObject(asyncResult);
}
`;
const CONFIG = '{ "compilerOptions": { "strict": true, "types": [], "noLib": true }, "include": ["."] }\n';

/** About how many things are put into one tree. */
const TOGETHER = 8;

/** Runs every command on trees that nobody would make on purpose: each ends with a message, and the rest of the tree is dealt with. */
export class HostileTrees implements Part {
  readonly name = "hostile trees";
  #tried = 0;

  async try(seed: number): Promise<Trial> {
    const random = randomOf(seed);
    // Each by itself, one after the other in a row of seeds; and several together, of which each run sees many.
    const things =
      random() < 0.5
        ? [HOSTILE_THINGS[seed % HOSTILE_THINGS.length]!]
        : HOSTILE_THINGS.filter(() => random() < TOGETHER / HOSTILE_THINGS.length);
    this.#tried++;
    const fault = await this.#faultOf(things, seed);
    if (fault === null || things.length === 1) return trialOf(things, seed, fault);
    for (const thing of things) {
      const alone = await this.#faultOf([thing], seed);
      if (alone !== null) return trialOf([thing], seed, alone);
    }
    return trialOf(things, seed, fault);
  }

  summary(): string {
    return `${this.#tried} hostile trees`;
  }

  stop(): void {}

  async #faultOf(things: readonly HostileThing[], seed: number): Promise<string | null> {
    const random = randomOf(seed);
    const root = realpathSync(mkdtempSync(join(tmpdir(), "tapify-hostile-")));
    try {
      write(root, { "good.ts": GOOD, "tsconfig.json": CONFIG });
      things.forEach((thing, index) => {
        const folder = join(root, `thing-${index}`);
        mkdirSync(folder);
        thing.make(folder, random);
      });
      if (random() < 0.5) execFileSync("git", ["init", "-q"], { cwd: root });
      return await faultIn(root);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
}

/** What is in such a tree can neither be kept nor printed; its seed makes it again. */
function trialOf(things: readonly HostileThing[], seed: number, fault: string | null): Trial {
  const name = things.map((thing) => thing.name).join(", and ");
  return { name, fault, input: { "seed.txt": `${seed}: ${name}\n` } };
}

async function faultIn(root: string): Promise<string | null> {
  const isAbout = ({ stdout }: CliRun): boolean => stdout.includes("good.ts");
  const isWritten = (): boolean => readFileSync(join(root, "good.ts"), "utf8").includes("await ");
  const runs: readonly (readonly [readonly string[], ((run: CliRun) => boolean)?])[] = [
    [["check", "--preset", "all"], isAbout],
    [["check", "--project", "tsconfig.json"]],
    [["check", "--project", "thing-0/tsconfig.json", "good.ts"]],
    [["migrate"], isAbout],
    [["migrate", "--project", "tsconfig.json"]],
    [["migrate", "--project", "thing-0/tsconfig.json"]],
    [["migrate", "--project", "tsconfig.json", "good.ts"]],
    [["migrate", "--write", "--allow-dirty"], isWritten],
    [["recover"]],
  ];
  for (const [argv, isDone] of runs) {
    const run = await runCli(root, argv);
    const fault = faultOf(run) ?? (isDone?.(run) === false ? `good.ts was passed over.\n${run.stderr}` : null);
    if (fault !== null) return `tapify ${argv.join(" ")}: ${fault}`;
  }
  return null;
}
