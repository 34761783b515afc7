import { callbacksNamed } from "../../../dist/src/dialects/callback-settings.js";
import { versionsNamed } from "../../../dist/src/dialects/named-versions.js";
import type { MigrateOptions, Settings } from "../../../dist/src/core.js";
import type { Trial } from "../protocol.ts";

/**
 * The settings that a trial names, spelled as on the command line; one that is empty is left out.
 *
 * @throws {TypeError} for callbacks that cannot be read. The other values are checked by who is given them.
 */
export function settingsOf(trial: Trial): Settings {
  const [assume, callbacks, entryPoints, twins, operationDecorators] = [
    wordsOf(trial.assume),
    wordsOf(trial.callbacks),
    wordsOf(trial.entryPoints),
    wordsOf(trial.twins),
    wordsOf(trial.operationDecorators),
  ];
  return {
    host: trial.host,
    ...(assume.length === 0 ? {} : { assume: versionsNamed(assume) }),
    ...(callbacks.length === 0 ? {} : { callbacks: callbacksNamed(callbacks) }),
    ...(entryPoints.length === 0 ? {} : { entryPoints }),
    ...(twins.length === 0 ? {} : { twins }),
    ...(operationDecorators.length === 0 ? {} : { operationDecorators }),
  };
}

/** The options of a migration that a trial names. */
export function optionsOf(trial: Trial): MigrateOptions {
  const { facade, file, target, yieldInPolls } = trial;
  return { filePath: file, target, facade, yieldInPolls, ...settingsOf(trial) };
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
