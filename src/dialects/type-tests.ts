/** The modules that only tests of types import. Source: the documentation of tsd and TSTyche. */
export const TYPE_TEST_MODULES: ReadonlySet<string> = new Set(["tsd", "tstyche"]);

/** The files that tsd and the type checks of Vitest take for tests of types. */
export const TYPE_TEST_FILE = /\.test-d\.[cm]?tsx?$/;
