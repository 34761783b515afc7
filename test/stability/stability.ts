import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { env } from "node:process";
import { migrateText } from "../../src/plan/migrate.ts";
import type { FileMigration, MigrateOptions } from "../../src/plan/migration.ts";
import { claimedTexts } from "../claims/read.ts";
import { fixtures } from "../migrate/fixtures.ts";
import { RESPELLINGS, type Respelled, type Respelling } from "./respellings.ts";

/** A text that is migrated in each way to write it. */
export interface StableText {
  readonly path: string;
  readonly text: string;
  readonly options: Omit<MigrateOptions, "filePath">;
}

/** The texts of all fixtures, and of the claims that are about one file. */
export const stableTexts: readonly StableText[] = [
  ...fixtures.map(({ path, input, transform, options }) => ({
    path,
    text: input,
    options: { transforms: [transform], ...options },
  })),
  ...claimedTexts
    .filter(({ files, isProject }) => Object.keys(files).length === 1 && !isProject)
    .map(({ path, files, options }) => ({ path, text: Object.values(files)[0]!, options })),
];

/** For each way of writing, the reasons for which another decision is right, and the texts that each is true of. */
export const EXCEPTIONS = JSON.parse(readFileSync(new URL("exceptions.json", import.meta.url), "utf8")) as Readonly<
  Record<Respelling, Readonly<Record<string, readonly string[]>>>
>;

const IS_WHOLE = env["TAPIFY_STABILITY"] === "all";

/** Whether a text is looked at in one way of writing: all are where that is asked for, and always the same part else. */
export function isSampled(path: string, respelling: Respelling, share: number): boolean {
  if (IS_WHOLE) return true;
  return createHash("sha256").update(`${respelling} ${path}`).digest().readUInt32BE(0) % share === 0;
}

const migrations = new Map<string, FileMigration>();

/** The migration of a text as it is written. */
export function asWritten({ path, text, options }: StableText): FileMigration {
  let known = migrations.get(path);
  if (known === undefined) migrations.set(path, (known = migrateText(text, { filePath: path, ...options })));
  return known;
}

/** A text in another way of writing, and its migration; `null` where it is the same in that. */
export function inRespelling(
  { path, text, options }: StableText,
  respelling: Respelling,
): { readonly respelled: Respelled; readonly migration: FileMigration } | null {
  const respelled = RESPELLINGS[respelling](text, path);
  if (respelled === null) return null;
  return { respelled, migration: migrateText(respelled.text, { filePath: respelled.path, ...options }) };
}

/** What was decided about the sites of a text, in their order: that they are migrated, or the code of their refusal. */
export function decisionsOf({ migrations: migrated, refusals }: FileMigration): readonly string[] {
  return [
    ...migrated.map(({ line }) => ({ line, column: 0, decision: "migrated" })),
    ...refusals.map(({ line, column, code }) => ({ line, column, decision: code })),
  ]
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .map(({ decision }) => decision);
}
