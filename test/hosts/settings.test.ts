import { Linter, type Rule } from "eslint";
import * as parser from "@typescript-eslint/parser";
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.ts";
import { PRESETS } from "../../rules/presets.ts";
import { analyze, HOST_NAMES, migrateText, parse, type MigrateOptions, type Settings } from "../../src/core.ts";
import { settingsProblems } from "../../src/dialects/settings-problems.ts";

/** What a wrong setting says: in ESLint one report of one rule for each file, elsewhere an error. */

const BUSY = "const r = client.BeginRead(null, null);\nwhile (!r.IsCompleted) {}\nclient.EndRead(r);\n";
const CLEAN = "export const sum = (a, b) => a + b;\n";
const REST = "Until that is corrected, no rule of tapify looks at this file.";

function lint(text: string, settings: unknown, entries = PRESETS.all) {
  const linter = new Linter();
  const config: Linter.Config = {
    languageOptions: { parser: parser as unknown as Linter.Parser },
    plugins: { tapify: { rules: rules as Record<string, Rule.RuleModule> } },
    rules: entries,
    settings: { tapify: settings as object },
  };
  return linter.verify(text, config, { filename: "a.js" });
}

const WRONG: readonly (readonly [unknown, string])[] = [
  ["puerts", 'settings.tapify takes an object of settings, and not "puerts".'],
  [["puerts"], 'settings.tapify takes an object of settings, and not ["puerts"].'],
  [null, "settings.tapify takes an object of settings, and not null."],
  [{ entrypoints: ["go"] }, 'settings.tapify has no "entrypoints". Did you mean "entryPoints"? It takes: host, '],
  [{ twin: [] }, 'Did you mean "twins"?'],
  [{ host: "puertz" }, 'settings.tapify.host cannot be "puertz". Did you mean "puerts"? It is one of: none, puerts,'],
  [{ host: "edgejs" }, 'Did you mean "edge-js"?'],
  [{ host: "AWS_Lambda" }, 'Did you mean "aws-lambda"?'],
  [{ host: "__proto__" }, 'settings.tapify.host cannot be "__proto__". It is one of: '],
  [{ host: "constructor" }, 'settings.tapify.host cannot be "constructor". It is one of: '],
  [{ host: 7 }, "settings.tapify.host cannot be 7. It is one of: "],
  [{ entryPoints: "main" }, 'settings.tapify.entryPoints takes an array of names, as in ["start"], and not "main".'],
  [{ entryPoints: ["main", 3] }, 'and not ["main",3].'],
  [{ twins: { a: 1 } }, "settings.tapify.twins takes an array of names"],
  [{ operationDecorators: true }, "settings.tapify.operationDecorators takes an array of names"],
  [{ assume: "mongodb@6" }, "settings.tapify.assume takes an object of packages and their versions"],
  [{ assume: { mongodb: 6 } }, 'and not 6 for "mongodb".'],
  [{ assume: { mongodb: "six" } }, 'and not "six" for "mongodb".'],
  [JSON.parse('{ "__proto__": { "host": "none" } }'), 'settings.tapify has no "__proto__".'],
];

describe("wrong settings", () => {
  it.each(WRONG)("%j are one report at the first line of each file", (settings, message) => {
    for (const text of [BUSY, CLEAN, ""]) {
      const messages = lint(text, settings);
      expect(messages).toHaveLength(1);
      expect(messages[0]).toMatchObject({ line: 1, column: 1, ruleId: "tapify/callback-once" });
      expect(messages[0]!.message).toContain(message);
      expect(messages[0]!.message).toContain(REST);
    }
  });

  it("are reported by whichever rule is on, as severely as its findings", () => {
    const [message, ...others] = lint(BUSY, { host: "v8" }, { "tapify/prefer-await-over-events": "warn" });
    expect(others).toEqual([]);
    expect(message).toMatchObject({ ruleId: "tapify/prefer-await-over-events", severity: 1 });
  });

  it("are told all at once", () => {
    const [{ message } = { message: "" }] = lint(CLEAN, { host: "v8", entryPoint: [], twins: 1 });
    expect(message).toMatch(/\.host cannot be .* has no "entryPoint".*\.twins takes/);
  });

  it.each(WRONG.filter(([settings]) => settings?.constructor === Object))(
    "%j are an error for other tools",
    (settings, message) => {
      const own = message.replace("settings.tapify", "settings").replace("It takes: host, ", "");
      expect(() => analyze(parse(BUSY, "a.js"), settings as Settings)).toThrow(TypeError);
      expect(() => analyze(parse(BUSY, "a.js"), settings as Settings)).toThrow(own);
      const options = { ...(settings as Settings), filePath: "a.js" };
      expect(() => migrateText(BUSY, options)).toThrow(own.replace("settings", "options"));
    },
  );

  it.each([
    [{ target: "nope" }, 'options.target cannot be "nope". It is one of: auto, twin, adapter.'],
    [{ target: "adaptor" }, 'Did you mean "adapter"?'],
    [{ transforms: "begin-end-to-async" }, "options.transforms takes an array of names"],
    [{ transforms: ["begin-end-to-asnyc"] }, 'Did you mean "begin-end-to-async"?'],
    [{ facade: "yes" }, 'options.facade takes true or false, and not "yes".'],
    [{ "yield-in-polls": true }, 'options has no "yield-in-polls". Did you mean "yieldInPolls"?'],
  ])("%j are no options of a migration", (options, message) => {
    const wrong = { filePath: "a.js", ...options } as unknown as MigrateOptions;
    expect(() => migrateText(CLEAN, wrong)).toThrow(TypeError);
    expect(() => migrateText(CLEAN, wrong)).toThrow(message);
  });
});

describe("right settings", () => {
  it("are no problem", () => {
    const all: readonly (Settings | undefined)[] = [
      undefined,
      {},
      { host: undefined },
      ...HOST_NAMES.map((host) => ({ host })),
      { entryPoints: [], twins: ["A.BAsync"], operationDecorators: ["Act,Other"] },
      { assume: { mongodb: "6", "@a/b": ">=1 <2" } },
    ];
    for (const settings of all) expect(settingsProblems(settings, "settings")).toEqual([]);
    expect(lint(BUSY, { host: "puerts" }).map(({ ruleId }) => ruleId)).toContain("tapify/no-busy-wait");
  });
});
