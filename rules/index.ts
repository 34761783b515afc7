import type { Rule } from "eslint";
import noBlockingWait from "./no-blocking-wait.ts";
import noUnawaitedTask from "./no-unawaited-task.ts";

/** Every rule by its name. */
export const rules: Readonly<Record<string, Rule.RuleModule>> = {
  "no-blocking-wait": noBlockingWait,
  "no-unawaited-task": noUnawaitedTask,
};
