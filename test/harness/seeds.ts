import { randomInt } from "node:crypto";
import { env } from "node:process";

const asked = env["TAPIFY_SEED"];

/** The seed that random tests run: the same every time, so that a change fails for what it changes, or that of `TAPIFY_SEED`. */
export const SEED = Number(asked ?? 1);

/** Another seed for each run, for a few cases beside; `null` where one is asked for. A test that uses it prints it. */
export const RANDOM_SEED: number | null = asked === undefined ? randomInt(2, 2 ** 31) : null;
