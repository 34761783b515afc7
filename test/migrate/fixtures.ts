import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RefusalCode } from "../../src/plan/codes.ts";
import { migrateText } from "../../src/plan/migrate.ts";
import type { FileMigration, MigrateOptions } from "../../src/plan/migration.ts";
import { ROOT } from "../harness/transpile.ts";
import type { Variant } from "./variants.ts";

const FOLDER = "fixtures/begin-end";

/** Where a refusal points, one-based. */
export interface ExpectedRefusal {
  readonly code: RefusalCode;
  readonly line: number;
  readonly column: number;
}

/** One shape: a text before its migration, and what is to come of it. */
export interface Fixture {
  readonly name: string;
  /** Its path, relative to the repository's root, as if the text were there without `.input` in its name. */
  readonly path: string;
  readonly input: string;
  /** The same as `input` where everything is refused. */
  readonly output: string;
  readonly refusals: readonly ExpectedRefusal[];
  readonly options: Omit<MigrateOptions, "filePath">;
  /** The variants in which a program does something else after its migration, each with the reason. */
  readonly differs: Readonly<Partial<Record<Variant, string>>>;
}

/** All shapes of the first migration, by name. */
export const fixtures: readonly Fixture[] = readdirSync(join(ROOT, FOLDER))
  .filter((file) => file.includes(".input."))
  .map((file) => readFixture(file))
  .toSorted((a, b) => a.name.localeCompare(b.name));

function readFixture(file: string): Fixture {
  const [name, extension] = file.split(".input.") as [string, string];
  const read = (ending: string): string | undefined => {
    const path = join(ROOT, FOLDER, `${name}.${ending}`);
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  };
  const input = read(`input.${extension}`)!;
  const { differs = {}, ...options } = JSON.parse(read("options.json") ?? "{}") as Fixture["options"] & Partial<Pick<Fixture, "differs">>;
  return {
    name,
    path: `${FOLDER}/${name}.${extension}`,
    input,
    output: read(`output.${extension}`) ?? input,
    refusals: JSON.parse(read("refused.json") ?? "[]") as ExpectedRefusal[],
    options,
    differs,
  };
}

/** Migrates a text as the fixture's options say. */
export function migrate({ path, options }: Fixture, text: string): FileMigration {
  return migrateText(text, { filePath: path, ...options });
}
