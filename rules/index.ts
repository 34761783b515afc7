import type { Rule } from "eslint";
import noBlockingWait from "./no-blocking-wait.ts";
import noUnawaitedTask from "./no-unawaited-task.ts";
import preferAwaitOverBeginEnd from "./prefer-await-over-begin-end.ts";

/** Every rule by its name. */
export const rules: Readonly<Record<string, Rule.RuleModule>> = {
  "no-blocking-wait": noBlockingWait,
  "no-unawaited-task": noUnawaitedTask,
  "prefer-await-over-begin-end": preferAwaitOverBeginEnd,
};
