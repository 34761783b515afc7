import { callbacksNamed, SettingError } from "../dialects/callback-settings.ts";
import type { CallbackSetting } from "../dialects/settings.ts";
import { printable } from "../printable.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Reads the values of `--callbacks`: `./store:load,save=promisify`.
 *
 * @returns what they say, as an option; none where there are no values.
 * @throws {UsageError} for one that cannot be read.
 */
export function namedCallbacks(values: readonly string[]): { callbacks?: readonly CallbackSetting[] } {
  try {
    return values.length === 0 ? {} : { callbacks: callbacksNamed(values) };
  } catch (error) {
    if (error instanceof SettingError) throw new UsageError(printable(`--callbacks: ${error.message}`));
    throw error;
  }
}
