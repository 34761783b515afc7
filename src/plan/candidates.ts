import type { Settings } from "../dialects/settings.ts";
import { mayContain, type Candidate } from "../dialects/text/text-test.ts";
import { TRANSFORM_NAMES, type TransformName } from "./types.ts";

/** What each migration starts from. */
const NEEDED: Readonly<Record<TransformName, Candidate>> = {
  "contract-to-async": "declaredOperation",
  "begin-end-to-async": "beginEnd",
  "events-to-async": "eventSite",
  "blocking-to-await": "taskWait",
  "callbacks-to-async": "callback",
};

/** Whether a text may hold anything that one of these migrations would look at. Loads no parser. */
export function mayMigrate(
  text: string,
  transforms: readonly TransformName[] = TRANSFORM_NAMES,
  settings: Settings = {},
): boolean {
  return transforms.some((name) => mayContain(text, NEEDED[name], settings));
}
