import { alike, errorFirst, type Dialect } from "../dialect.ts";

/**
 * `jsonwebtoken`: without a callback `sign` gives its token at once, and there is no promise. `verify` calls back before it returns, and is
 * none of them: its callers would go on first. Source: its README, `sign.js` and `verify.js`.
 */
export const JSONWEBTOKEN: Dialect = {
  name: "jsonwebtoken",
  starts: [{ kind: "module", modules: ["jsonwebtoken"] }],
  operations: new Map(
    alike("sign", {
      ...errorFirst("token"),
      delivery: { kind: "callback", behind: 2 },
      awaited: { kind: "promisify", gives: "value" },
      returns: "nothing",
      isCallbackOptional: true,
    }),
  ),
};
