import { alike, errorFirst, type AwaitedForm, type Dialect, type OperationForm } from "../dialect.ts";

const SAME: AwaitedForm = { kind: "sameCall", gives: "value" };

/** What stands behind the callback of bcryptjs is told of the progress. */
function same(value: string, places: { readonly behind?: number; readonly upTo?: number }): OperationForm {
  return {
    ...errorFirst(value),
    delivery: { kind: "callback", ...places },
    awaited: SAME,
    returns: "nothing",
    isCallbackOptional: true,
  };
}

/** `bcrypt` and `bcryptjs`, which give a promise where they are given no callback. Source: their READMEs, and `index.js` of bcryptjs. */
export const BCRYPT: Dialect = {
  name: "bcrypt",
  starts: [{ kind: "module", modules: ["bcrypt", "bcryptjs"] }],
  operations: new Map([
    ...alike("hash", same("encrypted", { behind: 2, upTo: 2 })),
    ...alike("compare", same("isSame", { behind: 2, upTo: 2 })),
    ...alike("genSalt", same("salt", {})),
  ]),
};
