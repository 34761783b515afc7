import { alike, errorFirst, type AwaitedForm, type Dialect, type Maker, type OperationForm } from "../dialect.ts";

const PROMISIFIED: AwaitedForm = { kind: "promisify", gives: "value" };

function promisified(...values: readonly string[]): OperationForm {
  return { ...errorFirst(...values), awaited: PROMISIFIED, returns: "nothing" };
}

const CLIENT: readonly Maker[] = [{ kind: "export", how: "call", modules: ["ldapjs"], names: ["createClient"] }];

/**
 * Clients of `ldapjs`, which know callbacks alone. `search` is none of them: what it gives has to be listened to at once. Source: its
 * documentation, "Client API".
 */
export const LDAPJS: Dialect = {
  name: "Clients of ldapjs",
  starts: [{ kind: "made", by: CLIENT }],
  operations: new Map([
    ...alike("add bind del modify modifyDN", promisified("res")),
    ...alike("compare", promisified("matched")),
    ...alike("starttls unbind", promisified()),
  ]),
};
