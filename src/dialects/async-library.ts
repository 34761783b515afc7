/**
 * The library `async`, whose functions call the functions that they are given with a callback. From version 2.3 on they give an `async`
 * function none, and go by its promise. Source: its documentation; neo-async, which has the same functions, passes a callback to all of them.
 */
export const ASYNC_LIBRARY = {
  /** The module; its functions are modules below it as well. */
  module: "async",
  /** Other modules with the same functions, which do the same. */
  others: ["async-es"] as readonly string[],
  /** The first version that does so. */
  from: "2.3.0",
  /** All modules with these functions. */
  modules: ["async", "async-es", "neo-async"] as readonly string[],
  /** What gives a function that calls another one with some values before the callback. */
  applying: { functions: ["apply"] as readonly string[] },
} as const;
