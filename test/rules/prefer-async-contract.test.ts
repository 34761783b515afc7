import rule from "../../rules/prefer-async-contract.ts";
import { ruleTester } from "./rule-tester.ts";

const STORE = `class Store {
  BeginFetch(key: string, callback: AsyncCallback | null, state: unknown): IAsyncResult {
    return channel.BeginRead(key, callback, state);
  }

  EndFetch(ar: IAsyncResult): string {
    return channel.EndRead(ar);
  }
}
`;

const MIGRATED = `class Store {
  async FetchAsync(key: string): Promise<string> {
    return await new Promise<string>((resolve, reject) => {
      channel.BeginRead(key, (ar: any) => { try { resolve(channel.EndRead(ar)); } catch (error) { reject(error); } }, null);
    });
  }
}
`;

ruleTester().run("prefer-async-contract", rule, {
  valid: [
    // Calls only.
    "function read(store: Store) { const ar = store.BeginFetch(null, null); return store.EndFetch(ar); }",
    // Who uses it is out of sight.
    `export ${STORE}`,
  ],
  invalid: [
    {
      code: STORE,
      filename: "store.ts",
      errors: [
        {
          messageId: "migratable",
          data: { name: "BeginFetch" },
          ...{ line: 2, column: 3, endLine: 2, endColumn: 13 },
          suggestions: [{ messageId: "migrate", data: { operations: "BeginFetch" }, output: MIGRATED }],
        },
      ],
    },
    {
      code: `export ${STORE}`,
      options: [{ reportRefusals: true }],
      errors: [
        {
          messageId: "refused",
          data: {
            name: "BeginFetch",
            code: "exported-pair",
            message:
              "BeginFetch belongs to a Begin/End pair, or to an event, that this file offers to others; converting it would change their contract.",
          },
          ...{ line: 2, column: 3, endLine: 2, endColumn: 13 },
        },
      ],
    },
  ],
});
