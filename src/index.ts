/** The ESLint plugin. */
import { createRequire } from "node:module";
import type { ESLint, Linter } from "eslint";
import { rules } from "../rules/index.ts";
import { PRESETS, type PresetName } from "../rules/presets.ts";

const { name, version } = createRequire(import.meta.url)("eslint-plugin-tapify/package.json") as {
  name: string;
  version: string;
};

type Configs = Record<PresetName, Linter.Config>;

const configs = {} as Configs;

/** `eslint-plugin-tapify`: rules under the prefix `tapify/`, four flat configs. */
const plugin: ESLint.Plugin & { configs: Configs } = {
  meta: { name, version, namespace: "tapify" },
  rules,
  configs,
};

// A config refers to the plugin that holds it.
for (const [preset, ruleEntries] of Object.entries(PRESETS) as [PresetName, Linter.RulesRecord][]) {
  configs[preset] = { name: `tapify/${preset}`, plugins: { tapify: plugin }, rules: ruleEntries };
}

export default plugin;
// `require("eslint-plugin-tapify")` gives the plugin itself.
export { plugin as "module.exports" };
