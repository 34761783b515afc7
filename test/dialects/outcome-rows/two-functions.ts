import { alike, type Dialect } from "../../../src/dialects/dialect.ts";

/** One function for a success and one for a failure, first among the arguments or last. */
export const TWO_FUNCTIONS: Dialect = {
  name: "Devices and plug-ins",
  starts: [
    { kind: "global", path: "navigator.geolocation" },
    { kind: "global", path: "plugins" },
  ],
  operations: new Map([
    ...alike("getCurrentPosition", {
      delivery: { kind: "functions", success: 0, failure: 1 },
      outcome: [
        { role: "value", name: "position", at: [{ in: "parameter", index: 0 }], type: "GeolocationPosition" },
        { role: "error", at: [{ in: "parameter", index: 0 }] },
      ],
      awaited: { kind: "adapter", gives: "value" },
      returns: "nothing",
      throwsAtOnce: true,
    }),
    ...alike("scan", {
      delivery: { kind: "functions", success: 1, failure: 2 },
      outcome: [
        { role: "value", name: "text", at: [{ in: "parameter", index: 0 }] },
        { role: "value", name: "format", at: [{ in: "parameter", index: 1 }] },
        { role: "error", at: [{ in: "parameter", index: 0 }] },
      ],
      awaited: { kind: "adapter", gives: "members" },
      returns: "nothing",
      throwsAtOnce: true,
    }),
  ]),
};
