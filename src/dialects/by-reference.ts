/**
 * How values that C# passes by reference (`ref`, `out`) look in a script: a holder that is passed, and in which the callee leaves a value.
 * Source: the by-reference pages of ClearScript (`host.newVar`) and the conventions of ports, which write a class of their own.
 */

/** Types of holders, by the last segment of their name. */
export const HOLDER_TYPES: ReadonlySet<string> = new Set(["Ref", "Out", "ByRef", "StrongBox", "OutParam", "RefParam"]);
/** The member that has the value, in either casing. */
export const HOLDER_MEMBERS: ReadonlySet<string> = new Set(["Value", "value"]);
/** What the result of an operation is called among the values that its awaitable version gives. */
export const RESULT_MEMBER = /^[rR](?:esult|eturnValue)$/;
