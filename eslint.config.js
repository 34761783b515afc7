// @ts-check
import eslintPluginEslintPlugin from "eslint-plugin-eslint-plugin";
import regexp from "eslint-plugin-regexp";
import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tapify from "eslint-plugin-tapify";
import tseslint from "typescript-eslint";

export default defineConfig(
  // Fixtures and ports are legacy code on purpose; they are input.
  globalIgnores([
    "dist/",
    "coverage/",
    "fixtures/begin-end/",
    "fixtures/blocking/",
    "fixtures/callbacks/",
    "fixtures/outcome-rows/",
    "fixtures/claims/",
    "fixtures/contracts/",
    "fixtures/events/",
    "fixtures/lambda/",
    "fixtures/projects/",
    "fixtures/seeds/",
    "test/rules/typed/",
    "test/packages/programs/",
    "playground/src/examples/",
    "playground/dist/",
    "site/dist/",
    "site/pages/",
    "site/.vitepress/cache/",
  ]),
  js.configs.recommended,
  tseslint.configs.strict,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      // Every index is checked by the compiler; `!` is how a known one is written.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/no-invalid-void-type": "off",
      "no-fallthrough": ["error", { allowEmptyCase: true }],
    },
  },
  {
    // Our own rules, as `npm run build` has left them.
    extends: [tapify.configs.recommended],
    // The runtime that makes the ports run blocks on purpose, as .NET does, and so do its tests.
    ignores: ["fixtures/runtime/**", "test/runtime/*.test.ts"],
  },
  {
    name: "what is published: with types",
    files: ["src/**/*.ts", "rules/**/*.ts", "transforms/**/*.ts"],
    extends: [tseslint.configs.recommendedTypeCheckedOnly, tapify.configs["recommended-type-checked"]],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // A node's type is an enum with string values, and the name as a string reads better.
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      // A kind that is added has to be answered wherever kinds are told apart; the kinds of nodes are open, and have a default.
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        {
          considerDefaultExhaustiveForUnions: true,
          allowDefaultCaseForExhaustiveSwitch: false,
        },
      ],
    },
  },
  {
    name: "what is published: regular expressions, which read hostile texts",
    files: ["src/**/*.ts", "rules/**/*.ts", "transforms/**/*.ts"],
    extends: [regexp.configs.recommended],
    rules: {
      "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
      // Where a sticky one is tried is not to be seen here: test/regular-expressions has the reasons.
      "regexp/no-super-linear-move": ["error", { report: "potential", ignorePartial: false, ignoreSticky: true }],
      // It takes a lookbehind for something that is read forwards.
      "regexp/optimal-quantifier-concatenation": "off",
    },
  },
  {
    name: "waits for a file descriptor: walks, and the compiler's way to files, are synchronous",
    files: ["src/files/descriptors.ts"],
    rules: { "tapify/no-blocking-wait": "off" },
  },
  {
    name: "rules",
    files: ["rules/**/*.ts"],
    extends: [eslintPluginEslintPlugin.configs.recommended],
    rules: {
      "eslint-plugin/require-meta-docs-description": "error",
      "eslint-plugin/require-meta-docs-url": "error",
      "eslint-plugin/require-meta-schema-description": "error",
    },
  },
  {
    name: "the runtime: .NET's `object` is `any` to a script",
    files: ["fixtures/runtime/**/*.ts"],
    rules: { "@typescript-eslint/no-explicit-any": "off" },
  },
  {
    name: "tests: escape codes and the like are what they are about",
    files: ["test/**/*.ts"],
    rules: { "no-control-regex": "off" },
  },
  {
    name: "scripts",
    files: ["**/*.js", "**/*.cjs"],
    languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: {
      globals: { exports: "writable", module: "writable", require: "readonly", setTimeout: "readonly" },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
