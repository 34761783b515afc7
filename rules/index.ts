import type { Rule } from "eslint";
import noBlockingWait from "./no-blocking-wait.ts";
import noBusyWait from "./no-busy-wait.ts";
import noDiscardedEndResult from "./no-discarded-end-result.ts";
import noInvalidEnd from "./no-invalid-end.ts";
import noMutationWhilePending from "./no-mutation-while-pending.ts";
import noUnawaitedTask from "./no-unawaited-task.ts";
import preferAwaitOverBeginEnd from "./prefer-await-over-begin-end.ts";
import requireEnd from "./require-end.ts";

/** Every rule by its name. */
export const rules: Readonly<Record<string, Rule.RuleModule>> = {
  "no-blocking-wait": noBlockingWait,
  "no-busy-wait": noBusyWait,
  "no-discarded-end-result": noDiscardedEndResult,
  "no-invalid-end": noInvalidEnd,
  "no-mutation-while-pending": noMutationWhilePending,
  "no-unawaited-task": noUnawaitedTask,
  "prefer-await-over-begin-end": preferAwaitOverBeginEnd,
  "require-end": requireEnd,
};
