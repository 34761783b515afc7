import { env } from "node:process";

/** The seed that random tests run: the same every time, so that a change fails for what it changes, or that of `TAPIFY_SEED`. */
export const SEED = Number(env["TAPIFY_SEED"] ?? 1);
