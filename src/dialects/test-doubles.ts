/** How tests put a function of their own in the place of one of a module: data, and nothing else. */

/** Methods of runners and of Sinon, and functions of Jasmine, that are given the object and the name of the member which they replace. */
export const REPLACERS: ReadonlySet<string> = new Set(["method", "replace", "spy", "spyOn", "stub"]);

/** What a text holds in which one of them may be called. */
export const MAY_REPLACE = /\b(?:method|replace|spy|spyOn|stub)\(\s*[\w$.]+\s*,\s*["'`]/;
