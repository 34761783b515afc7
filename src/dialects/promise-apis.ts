/** What gives a promise in every script host, whoever declares it. Source: the ECMAScript and Node.js references. */

/** Static members of `Promise` that give a promise. */
export const PROMISE_FACTORIES: ReadonlySet<string> = new Set([
  "all",
  "allSettled",
  "any",
  "race",
  "reject",
  "resolve",
  "try",
]);

/** Members of a promise that give another. */
export const PROMISE_CONTINUATIONS: ReadonlySet<string> = new Set(["then", "catch", "finally"]);

/** Modules whose functions all give promises. */
export const PROMISE_MODULES: ReadonlySet<string> = new Set([
  "fs/promises",
  "timers/promises",
  "dns/promises",
  "stream/promises",
  "readline/promises",
]);

/** Namespaces in these modules' `promises` member: `fs.promises.readFile(…)`. */
export const MODULES_WITH_PROMISES: ReadonlySet<string> = new Set(["fs", "dns"]);

/** Texts that hold the name of such a module, or of one with a `promises` member. */
export const PROMISE_MODULE_NAME = /["'](?:node:)?(?:fs|timers|dns|stream|readline)(?:\/promises)?["']/;

/** Global functions that give a promise. */
export const PROMISE_GLOBALS: ReadonlySet<string> = new Set(["fetch"]);

/**
 * Modules in which a name that ends in `Async` is always that of a function that gives a promise: those of Meteor, for its collections,
 * methods and accounts. Source: the API reference of Meteor 3.
 */
export const ASYNC_NAMES_OF_PROMISES = /^meteor\//;
