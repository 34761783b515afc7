import type { Rule } from "eslint";

/** Every rule by its name. */
export const rules: Readonly<Record<string, Rule.RuleModule>> = {};
