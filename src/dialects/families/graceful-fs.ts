import type { AwaitedForm, Dialect, OperationForm } from "../dialect.ts";
import { NODE_FS } from "./node-fs.ts";

/** Its queue is that of its own functions: `promises` goes past it. */
function queued({ awaited, ...form }: OperationForm): OperationForm {
  const own: AwaitedForm = { kind: "promisify", gives: awaited.gives };
  return { ...form, awaited: own };
}

/** `graceful-fs`, which waits where too many files are open. Source: its README, and its `graceful-fs.js`. */
export const GRACEFUL_FS: Dialect = {
  name: "graceful-fs",
  starts: [{ kind: "module", modules: ["graceful-fs"] }],
  // `read` and `write` are wrapped there, and what promises of them give depends on how.
  operations: new Map(
    Array.from(NODE_FS.operations, ([name, form]) => [name, queued(form)] as const).filter(
      ([, { awaited }]) => awaited.gives === "value",
    ),
  ),
};
