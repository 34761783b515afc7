/**
 * Assertions that a value is nothing, as tests make them of an error: data, and nothing else. Source: the documentation of Node.js `assert`, Chai,
 * Jest, expect.js, should.js, tap and AVA.
 */

/** Functions, and members of any object, whose first argument has to be nothing. */
export const NOTHING_ASSERTIONS: ReadonlySet<string> = new Set([
  ...["ifError", "ifErr", "isNull", "isUndefined", "isNotOk", "isNotTruthy", "notOk", "notExists", "isFalsy", "falsy"],
  ..."isNil".split(" "),
]);

/** Functions, and members of any object, whose first argument has to hold; one that is negated has to be nothing. */
export const TRUTH_ASSERTIONS: ReadonlySet<string> = new Set(["assert", "ok", "isOk", "isTrue", "true"]);

/** Functions, and members of any object, whose first two arguments have to be the same. */
export const SAMENESS_ASSERTIONS: ReadonlySet<string> = new Set([
  ...["equal", "equals", "strictEqual", "deepEqual", "deepStrictEqual", "is", "same", "strictSame", "eq"],
]);

/** Functions that are given a value, and give what is asked about it. */
export const SUBJECTS: ReadonlySet<string> = new Set(["expect", "should"]);

/** Words of a chain that mean nothing by themselves. */
export const CHAIN_WORDS: ReadonlySet<string> = new Set(
  "to be been is that which and has have with at of a an same does still also should".split(" "),
);

/** What a chain asks of nothing, by the words that mean something; `nothing` stands for an argument that is `null` or `undefined`. */
export const NOTHING_CHAINS: ReadonlySet<string> = new Set([
  ...["toBeNull", "toBeUndefined", "toBeFalsy", "toBeNil", "not toBeTruthy", "not toBeDefined"],
  ...["toBe nothing", "toEqual nothing", "toStrictEqual nothing", "equal nothing", "eql nothing", "eq nothing"],
  ...["null", "undefined", "falsy", "not exist", "not ok", "not truthy", "not defined", "nothing"],
]);
