import * as parser from "@typescript-eslint/parser";
import { RuleTester, type Linter } from "eslint";
import { afterAll, describe, it } from "vitest";

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
(RuleTester as unknown as { afterAll: typeof afterAll }).afterAll = afterAll;

/** Every invalid case must name its message, its place and its data: an error that is only counted proves little. */
const assertionOptions = { requireMessage: "messageId", requireLocation: true, requireData: "error" };

/** A RuleTester on the TypeScript parser, with this project's strict assertions. */
export function ruleTester(config: Linter.Config = {}): RuleTester {
  const { languageOptions, ...rest } = config;
  const tester = new RuleTester({
    files: ["**/*.{ts,tsx,js,jsx,mts,cts}"],
    languageOptions: { parser: parser as unknown as Linter.Parser, ...languageOptions },
    ...rest,
  });
  const run = tester.run.bind(tester);
  tester.run = (name, rule, tests) => run(name, rule, { assertionOptions, ...tests } as typeof tests);
  return tester;
}
