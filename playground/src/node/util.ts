/** What is used of `node:util`. What is compared are settings: plain values. */
import equal from "fast-deep-equal";

export const isDeepStrictEqual: (one: unknown, other: unknown) => boolean = equal;

export default { isDeepStrictEqual };
