import { join } from "node:path";
import noBlockingWait from "../../rules/no-blocking-wait.ts";
import noUnawaitedTask from "../../rules/no-unawaited-task.ts";
import { located } from "./located.ts";
import { ruleTester } from "./rule-tester.ts";

const root = join(import.meta.dirname, "typed");
const filename = join(root, "file.ts");
const typed = { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } } };
const tester = () => ruleTester(typed);

tester().run("no-blocking-wait with types", noBlockingWait, {
  valid: [
    { code: "import { client } from './bridge.ts'; export const n = () => client.anything.Result;", filename },
    { code: "import { client } from './bridge.ts'; export const n = () => (client.Size() as any).Result;", filename },
    { code: "import { client } from './bridge.ts'; export const n = async () => (await client.save() as any).Result;", filename },
    // The name says task, the type says no.
    { code: "interface Queue { sizeAsync(): { result: number; Result: number } } declare const q: Queue; export const n = () => q.sizeAsync().Result;", filename },
  ],
  invalid: [
    located("import { client } from './bridge.ts';\nexport const n = () => (client.Count() as any).⟦Result⟧;", [{ messageId: "task", data: { wait: "client.Count().Result", subject: "`client.Count()`" } }], { filename }),
    located("import { client } from './bridge.ts';\nconst count = client.Count();\nexport function f() { return (count as any).⟦wait⟧(); }", [{ messageId: "task", data: { wait: "count.wait()", subject: "`count`" } }], { filename }),
  ],
});

tester().run("no-unawaited-task with types", noUnawaitedTask, {
  valid: [
    { code: "import { client } from './bridge.ts'; client.Size();", filename },
    { code: "import { client } from './bridge.ts'; client.PutAsync('a');", filename },
    { code: "import { client } from './bridge.ts'; client.anything();", filename },
    { code: "import { load } from './bridge.ts'; load().catch(() => {}); await load();", filename },
    { code: "import { load } from './bridge.ts'; const n = load(); console.log(n);", filename },
  ],
  invalid: [
    located("import { load } from './bridge.ts';\nexport function f() { ⟦load⟧(); }", [
      { messageId: "discardedOrVoid", data: { call: "load()", thing: "promise" }, suggestions: [{ messageId: "addVoid", data: { call: "load()" }, output: "import { load } from './bridge.ts';\nexport function f() { void load(); }" }] },
    ], { filename }),
    located("import { client } from './bridge.ts';\nexport function f() { client.⟦Count⟧(); }", [
      { messageId: "discardedOrVoid", data: { call: "client.Count()", thing: "task" }, suggestions: [{ messageId: "addVoid", data: { call: "client.Count()" }, output: "import { client } from './bridge.ts';\nexport function f() { void client.Count(); }" }] },
    ], { filename }),
    located("import { client } from './bridge.ts';\nexport async function f() { client.⟦run⟧(); }", [
      {
        messageId: "discardedOrVoid",
        data: { call: "client.run()", thing: "promise" },
        suggestions: [
          { messageId: "addAwait", data: { call: "client.run()" }, output: "import { client } from './bridge.ts';\nexport async function f() { await client.run(); }" },
          { messageId: "addVoid", data: { call: "client.run()" }, output: "import { client } from './bridge.ts';\nexport async function f() { void client.run(); }" },
        ],
      },
    ], { filename }),
    located("import { loaders } from './bridge.ts';\nexport function f() { const first = ⟦loaders[0]!⟧(); }", [{ messageId: "unread", data: { variable: "first", call: "loaders[…]()", thing: "promise" } }], { filename }),
  ],
});
