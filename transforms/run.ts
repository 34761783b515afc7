import type { API, FileInfo, Options } from "jscodeshift";
import { callbacksNamed } from "../src/dialects/callback-settings.ts";
import { versionsNamed } from "../src/dialects/named-versions.ts";
import type { HostName } from "../src/dialects/settings.ts";
import { migrateText } from "../src/plan/migrate.ts";
import { printable } from "../src/printable.ts";
import type { PlanChoices, TransformName } from "../src/plan/types.ts";

/** Runs one migration as jscodeshift asks for it: on one file, with the options of its command line. */
export function runTransform(transform: TransformName, file: FileInfo, api: API, options: Options): string | undefined {
  if (/(?:^|[\\/])node_modules[\\/]|\.d\.[cm]?ts$/.test(file.path)) return undefined;
  const { assume, callbacks, host, twins, target, yieldInPolls, facade } = options as PlanChoices & {
    host?: HostName;
    twins?: string;
    assume?: string;
    callbacks?: string;
  };
  const migration = migrateText(file.source, {
    filePath: file.path,
    transforms: [transform],
    ...(assume === undefined ? {} : { assume: versionsNamed(String(assume).split(",")) }),
    ...(callbacks === undefined ? {} : { callbacks: callbacksNamed(String(callbacks).split(";")) }),
    ...(host === undefined ? {} : { host }),
    ...(target === undefined ? {} : { target }),
    ...(facade === undefined ? {} : { facade }),
    ...(yieldInPolls === undefined ? {} : { yieldInPolls }),
    ...(twins === undefined ? {} : { twins: twins.split(",") }),
  });
  for (const refusal of migration.refusals)
    api.report(printable(`${file.path}:${refusal.line}:${refusal.column} ${refusal.code}: ${refusal.message}`));
  return migration.status === "migrated" ? migration.output : undefined;
}
