import rule from "../../rules/prefer-await-over-blocking.ts";
import { ruleTester } from "./rule-tester.ts";

const MAIN = `function main(): void {
  const response: Task<string> = fetchAsync();
  console.log(response.Result);
}
main();
`;

ruleTester().run("prefer-await-over-blocking", rule, {
  valid: [
    "async function main() { console.log(await fetchAsync()); }",
    // No task.
    "function read(query: Query) { return query.Result; }",
    // What is refused is not offered.
    "class Page { constructor(task: Task<string>) { this.text = task.Result; } }",
  ],
  invalid: [
    {
      code: MAIN,
      errors: [
        {
          messageId: "migratable",
          data: { name: "response.Result" },
          ...{ line: 3, column: 24, endLine: 3, endColumn: 30 },
          suggestions: [
            {
              messageId: "migrate",
              data: { operations: "response.Result" },
              output: `async function main(): Promise<void> {
  const response: Task<string> = fetchAsync();
  console.log(await response);
}
main().catch((error) => { console.error(error); process.exitCode = 1; });
`,
            },
          ],
        },
      ],
    },
    {
      code: "class Page { constructor(task: Task<string>) { this.text = task.Result; } }",
      options: [{ reportRefusals: true }],
      errors: [
        {
          messageId: "refused",
          data: {
            name: "task.Result",
            code: "function-cannot-be-async",
            message: "constructor would have to become async, but a constructor, accessor or generator cannot.",
          },
          ...{ line: 1, column: 65, endLine: 1, endColumn: 71 },
        },
      ],
    },
  ],
});
