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
    // Code in a file of another kind is looked at in parts.
    { code: MAIN, filename: "page.vue" },
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
void main();
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
          data: { name: "task.Result", code: "x", message: "y" },
          ...{ line: 1, column: 65, endLine: 1, endColumn: 71 },
        },
      ],
    },
  ],
});
