import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildCli, type BuiltCli } from "./support/built-cli.ts";
import { Workspace } from "./support/workspace.ts";

const CODE = `import { Channel } from "channel";
export class Client {
  constructor(private readonly channel: Channel) {}
  ask(): string {
    const ar = this.channel.BeginAsk(null, null);
    return this.channel.EndAsk(ar);
  }
}
async function save(): Promise<void> {}
save();
`;

/** Packages that tapify or what it uses load, and formatters, by the name of one of ESLint's and of none. */
const PACKAGES = [
  ...["stylish", "json", "html", "json-with-metadata", "own"].map((name) => `eslint-formatter-${name}`),
  ...["@own/eslint-formatter", "@own/eslint-formatter-own", "@eslint/js", "@eslint/eslintrc", "@eslint/config-array"],
  ...["@typescript-eslint/parser", "@typescript-eslint/typescript-estree", "@typescript-eslint/scope-manager"],
  ...["@typescript-eslint/visitor-keys", "@typescript-eslint/types", "ts-api-utils", "typescript", "channel"],
  ...["eslint", "espree", "esquery", "jiti", "prettier", "diff", "ignore", "magic-string", "picomatch", "jscodeshift"],
  ...["eslint-plugin-tapify", "eslint-plugin-own", "eslint-config-own", "language-service-own", "tsconfig-own"],
];

/** Files that some tool runs when it is started in their folder. */
const CONFIGURATIONS = [
  ...[
    "eslint.config.js",
    "eslint.config.mjs",
    "eslint.config.cjs",
    "eslint.config.ts",
    ".eslintrc.js",
    ".eslintrc.cjs",
  ],
  ...["prettier.config.js", ".prettierrc.cjs", "babel.config.js", ".babelrc.js", ".pnp.cjs", ".pnp.loader.mjs"],
  ...["tapify.config.js", ".tapifyrc.js", "index.js", "preload.cjs"],
];

/** A project in which everything that could be run leaves a file with its name. */
function hostileProject(): { readonly project: Workspace; readonly marks: Workspace } {
  const marks = new Workspace();
  const mark = (name: string) => `${JSON.stringify(marks.path(name.replaceAll("/", "+")))}, ""`;
  const commonJs = (name: string) => `require("node:fs").writeFileSync(${mark(name)});module.exports = () => "";`;
  const esModule = (name: string) =>
    `import { writeFileSync } from "node:fs";writeFileSync(${mark(name)});export default () => "";`;
  const project = new Workspace({
    "src/a.ts": CODE,
    "tsconfig.json": JSON.stringify({
      extends: "tsconfig-own/tsconfig.json",
      compilerOptions: { strict: true, types: [], plugins: [{ name: "language-service-own" }] },
      include: ["src"],
    }),
    "package.json": JSON.stringify({
      name: "hostile",
      main: "./index.js",
      eslintConfig: { root: true, extends: ["own"], plugins: ["own"] },
      prettier: "prettier-config-own",
      babel: { presets: ["own"] },
    }),
    "node_modules/tsconfig-own/tsconfig.json": "{}",
    "node_modules/channel/index.d.ts": `export interface Channel {
  BeginAsk(callback: null, state: null): object;
  EndAsk(ar: object): string;
  AskAsync(): Promise<string>;
}`,
  });
  for (const name of PACKAGES) {
    project.write(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: "99.0.0", main: "index.js", types: "index.d.ts" }),
    );
    project.write(`node_modules/${name}/index.js`, commonJs(name));
  }
  for (const name of CONFIGURATIONS) project.write(name, name.endsWith(".mjs") ? esModule(name) : commonJs(name));
  return { project, marks };
}

describe("nothing of the project is executed", () => {
  let built: BuiltCli;
  beforeAll(() => {
    built = buildCli();
  }, 300_000);
  afterAll(() => built.remove());

  it.each([
    "check",
    "check --format stylish",
    "check --format json",
    "check --format html",
    "check --format json-with-metadata",
    "check --preset all src",
    "check --project tsconfig.json",
    "migrate",
    "migrate --format json --target adapter",
    "migrate --project tsconfig.json",
    "migrate --write --allow-dirty",
    "migrate --project tsconfig.json --write --allow-dirty",
    "explain src/a.ts:5",
    "explain src/a.ts:5:29 --json",
  ])("by tapify %s", async (command) => {
    const argv = command.split(" ");
    const { project, marks } = hostileProject();
    const { code, stdout, stderr } = await built.runShared(project.root, argv);
    expect(Object.keys(marks.snapshot())).toEqual([]);
    expect(stderr).not.toContain("Error");
    expect(code).toBe(argv[0] === "check" ? 1 : 0);
    // It has done what it was asked for.
    expect(argv.includes("--write") ? project.read("src/a.ts") : stdout).toMatch(/save|await/);
  });

  it.each(["own", "eslint-formatter-own", "@own", "@own/own", "@own/eslint-formatter"])(
    "by tapify check --format %s, a package that only the project has",
    async (format) => {
      const { project, marks } = hostileProject();
      const { code, stdout, stderr } = await built.runShared(project.root, ["check", "--format", format]);
      expect(Object.keys(marks.snapshot())).toEqual([]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(
        /^tapify: --format \S+: there is no formatter of this name\. There is no package (?:eslint-formatter-own|@own\/eslint-formatter(?:-own)?) beside tapify either\. Name a formatter that is elsewhere by its path\.$/m,
      );
    },
  );

  it("unless it is asked for by its path", async () => {
    const { project, marks } = hostileProject();
    const format = "node_modules/eslint-formatter-own/index.js";
    const { code, stderr } = await built.runShared(project.root, ["check", "--format", format]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(existsSync(marks.path("eslint-formatter-own"))).toBe(true);
  });
});
