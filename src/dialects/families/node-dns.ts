import { alike, errorFirst, type AwaitedForm, type Dialect, type ResultShape } from "../dialect.ts";

function promises(gives: ResultShape): AwaitedForm {
  return { kind: "member", of: "promises", gives };
}

/** `dns` with callbacks. The calls return a request object that has no use. Source: the Node.js 20 reference, "DNS" and "DNS promises API". */
export const NODE_DNS: Dialect = {
  name: "Node.js name resolution",
  starts: [{ kind: "module", modules: ["dns"] }],
  operations: new Map([
    // With `all` there is one list in place of an address and its family.
    ...alike("lookup", {
      ...errorFirst("address", "family"),
      awaited: promises("members"),
      returns: "handle",
      valuesAfterError: "undefined",
      shapedBy: "all",
    }),
    ...alike("lookupService", {
      ...errorFirst("hostname", "service"),
      awaited: promises("members"),
      returns: "handle",
      valuesAfterError: "undefined",
    }),
    ...alike(
      "resolve resolve4 resolve6 resolveAny resolveCaa resolveCname resolveMx resolveNaptr resolveNs resolvePtr resolveSoa resolveSrv resolveTxt reverse",
      { ...errorFirst("records"), awaited: promises("value"), returns: "handle", valuesAfterError: "undefined" },
    ),
  ]),
};
