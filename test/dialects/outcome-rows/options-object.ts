import { alike, type AwaitedForm, type Dialect, type OperationForm } from "../../../src/dialects/dialect.ts";

function mini(awaited: AwaitedForm): OperationForm {
  return {
    delivery: { kind: "options", success: "success", failure: "fail", always: "complete" },
    outcome: [
      { role: "value", name: "result", at: [{ in: "parameter", index: 0 }] },
      { role: "error", at: [{ in: "parameter", index: 0 }] },
    ],
    awaited,
    returns: "nothing",
    throwsAtOnce: true,
  };
}

/** Functions among the members of an object of options; without them some calls give a promise, and some never do. */
export const OPTIONS_OBJECT: Dialect = {
  name: "Small programs",
  starts: [{ kind: "global", path: "wx" }],
  operations: new Map([
    ...alike("getStorage setStorage login", mini({ kind: "sameCall", gives: "value" })),
    ...alike("request", mini({ kind: "adapter", gives: "value" })),
  ]),
};
