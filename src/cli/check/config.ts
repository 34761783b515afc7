import type { Linter } from "eslint";
import { loadParser } from "../../ast/load-parser.ts";
import plugin from "../../index.ts";
import { EXTENSIONS } from "../files/kinds.ts";
import type { CheckOptions } from "./options.ts";

const FILES = [`**/*.{${EXTENSIONS.join(",")}}`];

/** The configuration that `tapify check` lints with, in place of any of the user's. */
export function createConfig({
  preset,
  settings,
  project,
}: Pick<CheckOptions, "preset" | "settings" | "project">): Linter.Config[] {
  const name = preset === "recommended" && project !== null ? "recommended-type-checked" : preset;
  return [
    {
      files: FILES,
      languageOptions: {
        parser: loadParser(),
        // With CI=true in the environment the parser would read a configuration in another way, and refuse some that it takes else.
        parserOptions: project === null ? {} : { project: [project], disallowAutomaticSingleRunInference: true },
      },
      // Directives for the rules of other plugins are none of our business.
      linterOptions: { reportUnusedDisableDirectives: "off", reportUnusedInlineConfigs: "off" },
      settings: { tapify: settings },
    },
    plugin.configs[name],
  ];
}
