import { Linter, type SourceCode } from "eslint";
import * as parser from "@typescript-eslint/parser";
import { expect, it } from "vitest";
import plugin from "../../src/index.ts";

it("heeds the settings with which a file is linted again", () => {
  const linter = new Linter();
  const config = (operationDecorators: string[]): Linter.Config[] => [
    {
      files: ["**/*.ts"],
      languageOptions: { parser },
      plugins: { tapify: plugin },
      rules: { "tapify/valid-operation-contract": "error" },
      settings: { tapify: { operationDecorators } },
    },
  ];
  const found = (text: string | SourceCode, names: string[]): (string | null)[] =>
    linter.verify(text, config(names), "service.ts").map(({ ruleId }) => ruleId);
  expect(found("class Service { @Act({ IsOneWay: true }) Add(): number { return 1; } }", [])).toEqual([]);
  // The same file, as parsed before.
  expect(found(linter.getSourceCode(), ["Act"])).toEqual(["tapify/valid-operation-contract"]);
});
