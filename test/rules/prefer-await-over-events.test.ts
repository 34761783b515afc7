import type { RuleTester } from "eslint";
import rule from "../../rules/prefer-await-over-events.ts";
import { ruleTester } from "./rule-tester.ts";

const tester = ruleTester();

/** Where an operation is reported, and what its suggestion makes of the code. */
function migratable(
  line: number,
  column: number,
  output: string,
  starter = "DownloadStringAsync",
  operations = starter,
): RuleTester.TestCaseError {
  return {
    messageId: "migratable",
    data: { name: starter },
    line,
    column,
    endLine: line,
    endColumn: column + starter.length,
    suggestions: [{ messageId: "migrate", data: { operations }, output }],
  };
}

const HANDLER = "(s, e) => { if (e.Error) { fail(e.Error); return; } show(e.Result); }";

tester.run("prefer-await-over-events: what stays silent", rule, {
  valid: [
    // No handler, no starter, another operation, another object.
    "client.DownloadStringAsync(uri);",
    "client.add_DownloadStringCompleted(onCompleted);",
    `client.add_UploadStringCompleted(${HANDLER}); client.DownloadStringAsync(uri);`,
    `other.add_DownloadStringCompleted(${HANDLER}); client.DownloadStringAsync(uri);`,
    // The starter gives a promise.
    `client.add_DownloadStringCompleted(${HANDLER}); const text = await client.DownloadStringAsync(uri);`,
    `client.add_DownloadStringCompleted(${HANDLER}); client.DownloadStringAsync(uri).then(show);`,
    // Emitters of all kinds have such names, and events that recur.
    "uploader.on('uploadCompleted', (files) => show(files)); uploader.uploadAsync(file);",
    "animation.add_Completed((sender, e) => remove(sender)); animation.Start();",
    "manager.add_endRequest((sender, args) => show(args.get_error())); manager.beginRequest();",
    // The handler settles a completion source: that is awaited already.
    "client.add_LoadCompleted((s, e) => { if (e.Error) source.SetException(e.Error); else source.SetResult(e.Result); }); client.LoadAsync(key);",
    // What cannot be migrated is reported on request only.
    "client.LoadAsync(key); client.add_LoadCompleted((s, e) => { if (e.Error) return; show(e.Result); });",
    "client.add_LoadCompleted((s, e) => { log(e); }); client.LoadAsync(key);",
  ],
  invalid: [],
});

tester.run("prefer-await-over-events: suggestions", rule, {
  valid: [],
  invalid: [
    {
      code: `function load(client: WebClient, uri: Uri) {
  client.add_DownloadStringCompleted((s, e) => {
    if (e.Error) throw e.Error;
    show(e.Result);
  });
  client.DownloadStringAsync(uri);
}
load(new WebClient(), uri);`,
      errors: [
        migratable(
          6,
          10,
          `async function load(client: WebClient, uri: Uri) {
  const result = await client.DownloadStringTaskAsync(uri);
  show(result);
}
void load(new WebClient(), uri);`,
        ),
      ],
    },
    {
      code: `function load(client: Client) {
  client.once("loadCompleted", (e) => {
    if (e.error) {
      console.log(e.error);
      return;
    }
    console.log(e.result);
  });
  client.loadAsync("key");
}
load(client);`,
      errors: [
        migratable(
          9,
          10,
          `async function load(client: Client) {
  try {
    const result = await new Promise((resolve, reject) => {
      const onCompleted = (e) => {
        if (e.error) reject(e.error);
        else if (e.cancelled) reject(Object.assign(new Error("loadAsync was cancelled."), { name: "AbortError" }));
        else resolve(e.result);
      };
      client.once("loadCompleted", onCompleted);
      try {
        client.loadAsync("key");
      } catch (error) {
        client.off("loadCompleted", onCompleted);
        reject(error);
      }
    });
    console.log(result);
  } catch (error) {
    console.log(error);
  }
}
void load(client);`,
          "loadAsync",
        ),
      ],
    },
    // The options force one form.
    {
      code: `function load(client: Client) {
  client.add_LoadCompleted((s, e) => {
    if (e.Error) throw e.Error;
    show(e.Result);
  });
  client.LoadAsync("key");
}
load(client);`,
      options: [{ target: "twin" }],
      errors: [
        migratable(
          6,
          10,
          `async function load(client: Client) {
  const result = await client.LoadTaskAsync("key");
  show(result);
}
void load(client);`,
          "LoadAsync",
        ),
      ],
    },
  ],
});

const refused = (starter: string, code: string, message: string, column: number): RuleTester.TestCaseError => ({
  messageId: "refused",
  data: { name: starter, code, message },
  line: 1,
  column,
  endLine: 1,
  endColumn: column + starter.length,
});

tester.run("prefer-await-over-events: refusals on request", rule, {
  valid: [],
  invalid: [
    {
      code: "client.LoadAsync(key); client.add_LoadCompleted((s, e) => { if (e.Error) return; show(e.Result); });",
      options: [{ reportRefusals: true }],
      errors: [
        refused(
          "LoadAsync",
          "subscription-unsupported",
          "The handler of LoadAsync is added to its event too late, on some paths only, for one of several calls, with options, or as part of an expression.",
          8,
        ),
      ],
    },
    {
      code: "client.add_LoadCompleted((s, e) => { log(e); if (e.Error) return; show(e.Result); }); client.LoadAsync(key);",
      options: [{ reportRefusals: true }],
      errors: [
        refused(
          "LoadAsync",
          "completion-args-escape",
          "The handler of LoadAsync passes the arguments of its event on, or asks them for more than an outcome.",
          94,
        ),
      ],
    },
  ],
});
