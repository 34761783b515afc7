import "./leave-babel.ts";
import type { API, FileInfo, Options } from "jscodeshift";
import { migrateText } from "../src/plan/migrate.ts";
import type { HostName } from "../src/dialects/settings.ts";
import type { PlanChoices } from "../src/plan/types.ts";

/**
 * The migration of Begin/End pairs as a jscodeshift transform. jscodeshift is the runner only; the file is parsed by its own name.
 * Options: `--target`, `--host`, `--twins=A,B`, `--yieldInPolls=true`, `--facade=true`.
 *
 * @returns the migrated text, or `undefined` when the file stays as it is (jscodeshift counts it as unmodified).
 * @throws {ParseError} for a file that does not parse; jscodeshift reports it and goes on with the others.
 */
export default function transform(file: FileInfo, api: API, options: Options): string | undefined {
  if (/(?:^|[\\/])node_modules[\\/]|\.d\.[cm]?ts$/.test(file.path)) return undefined;
  const { host, twins, target, yieldInPolls, facade } = options as PlanChoices & { host?: HostName; twins?: string };
  const migration = migrateText(file.source, {
    filePath: file.path,
    transforms: ["begin-end-to-async"],
    ...(host === undefined ? {} : { host }),
    ...(target === undefined ? {} : { target }),
    ...(facade === undefined ? {} : { facade }),
    ...(yieldInPolls === undefined ? {} : { yieldInPolls }),
    ...(twins === undefined ? {} : { twins: twins.split(",") }),
  });
  for (const refusal of migration.refusals) api.report(`${file.path}:${refusal.line}:${refusal.column} ${refusal.code}: ${refusal.message}`);
  return migration.status === "migrated" ? migration.output : undefined;
}
