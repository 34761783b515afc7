/** The families that are no package's: Begin/End pairs, completed events, waits that block, and functions with a callback of their own. */
export const PATTERN_FAMILIES = ["begin-end", "events", "waits", "own-callbacks"] as const;
export type PatternFamily = (typeof PATTERN_FAMILIES)[number];
