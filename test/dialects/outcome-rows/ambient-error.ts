import { alike, type Dialect, type OperationForm } from "../../../src/dialects/dialect.ts";

function browser(...values: readonly string[]): OperationForm {
  return {
    delivery: { kind: "callback" },
    outcome: [
      { role: "error", at: [{ in: "global", path: "chrome.runtime.lastError" }], none: "undefined" },
      ...values.map((name, index) => ({ role: "value", name, at: [{ in: "parameter", index }] }) as const),
    ],
    awaited: { kind: "sameCall", gives: "value" },
    returns: "nothing",
    throwsAtOnce: true,
    isCallbackOptional: true,
  };
}

/** A callback that is given a value, and finds the error in a global as long as it runs; the same call without it gives a promise. */
export const AMBIENT_ERROR: Dialect = {
  name: "Extensions of a browser",
  starts: [{ kind: "global", path: "chrome" }],
  operations: new Map([
    ...alike("tabs.get tabs.create", browser("tab")),
    ...alike("tabs.remove", browser()),
    ...alike("storage.local.get", browser("items")),
  ]),
};
