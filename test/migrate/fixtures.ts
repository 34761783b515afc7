import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RefusalCode } from "../../src/plan/codes.ts";
import { migrateText } from "../../src/plan/migrate.ts";
import type { TransformName } from "../../src/plan/types.ts";
import type { FileMigration, MigrateOptions } from "../../src/plan/migration.ts";
import { OUTCOME_ROWS } from "../dialects/outcome-rows/index.ts";
import { ROOT } from "../harness/transpile.ts";
import type { Variant } from "./variants.ts";

/** The folders of fixtures, each of one migration. */
const FOLDERS = {
  "fixtures/begin-end": "begin-end-to-async",
  "fixtures/events": "events-to-async",
  "fixtures/blocking": "blocking-to-await",
  "fixtures/contracts": "contract-to-async",
  "fixtures/callbacks": "callbacks-to-async",
  "fixtures/outcome-rows": "callbacks-to-async",
} as const satisfies Readonly<Record<string, TransformName>>;

type Folder = keyof typeof FOLDERS;

/** Where a refusal points, one-based. */
export interface ExpectedRefusal {
  readonly code: RefusalCode;
  readonly line: number;
  readonly column: number;
}

/** One shape: a text before its migration, and what is to come of it. */
export interface Fixture {
  readonly name: string;
  readonly transform: TransformName;
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

/** All shapes of all migrations, by name. */
export const fixtures: readonly Fixture[] = fixturesIn(ROOT);

/** The shapes of a checkout, or of a copy of some of its folders. */
export function fixturesIn(root: string): readonly Fixture[] {
  return (Object.keys(FOLDERS) as Folder[])
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((file) => ({ folder, file })))
    .filter(({ file }) => file.includes(".input."))
    .map(({ folder, file }) => readFixture(root, folder, file))
    .toSorted((a, b) => a.path.localeCompare(b.path));
}

function readFixture(root: string, folder: Folder, file: string): Fixture {
  const [name, extension] = file.split(".input.") as [string, string];
  const read = (ending: string): string | undefined => {
    const path = join(root, folder, `${name}.${ending}`);
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  };
  const input = read(`input.${extension}`)!;
  const { differs = {}, ...options } = JSON.parse(read("options.json") ?? "{}") as Fixture["options"] &
    Partial<Pick<Fixture, "differs">>;
  return {
    name,
    transform: FOLDERS[folder],
    path: `${folder}/${name}.${extension}`,
    input,
    output: read(`output.${extension}`) ?? input,
    refusals: JSON.parse(read("refused.json") ?? "[]") as ExpectedRefusal[],
    options: folder === "fixtures/outcome-rows" ? { ...options, families: OUTCOME_ROWS } : options,
    differs,
  };
}

/** Migrates a text as the fixture's options say. */
export function migrate({ path, options, transform }: Fixture, text: string): FileMigration {
  return migrateText(text, { filePath: path, transforms: [transform], ...options });
}
