import fc from "fast-check";
import {
  CONSUMER_SHAPES,
  consumerLines,
  PROVIDER_SHAPES,
  providerLines,
  shapes,
  startLines,
  style,
  type Consumer,
  type Provider,
} from "../migrate/random-own-functions.ts";

/** Projects of functions with a callback of their own in some files, and of functions that call them in others: CommonJS, ESM and TypeScript. */

/** A file: its kind, and how it exports what others call. */
interface Module {
  readonly kind: "cjs" | "mjs" | "ts";
  readonly exporting: string;
  /** How it takes what it calls from another file. */
  readonly taking: string;
  /** Through a file that exports it once more, and how that does so. */
  readonly again: string;
}

/** What hides who calls a function: it stays then, with all that depends on it. */
interface Trap {
  readonly kind: string;
  readonly provider: number;
}

export interface ModuleProject {
  readonly modules: readonly Module[];
  /** The functions with a callback, and the file in which each stands. */
  readonly providers: readonly (Provider & { readonly home: number })[];
  readonly consumers: readonly Consumer[];
  readonly hasSemicolons: boolean;
  readonly trap: Trap;
}

const TRAPS = ["passed on", "computed member", "computed path", "copied", "in a list", "loaded late"] as const;

const provider = fc.record({
  ...style,
  home: fc.nat(3),
  calls: fc.nat(6),
  second: fc.nat(6),
  shape: shapes(
    [...PROVIDER_SHAPES, "two values"],
    new Set(["goes on behind", "not told", "caught", "at once", "two values"]),
  ),
  checks: fc.oneof({ weight: 9, arbitrary: fc.constant("no") }, fc.constantFrom("at once", "next tick")),
});

const consumer = fc.record({
  ...style,
  calls: fc.nat(4),
  second: fc.nat(4),
  shape: shapes([...CONSUMER_SHAPES, "two values"], new Set(["none given", "goes on", "two values"])),
  file: fc.constantFrom("a", "b", "missing-c", "bad"),
  start: fc.constantFrom("plain", "timer", "behind"),
});

export const arbitraryModuleProject: fc.Arbitrary<ModuleProject> = fc.record({
  modules: fc.array(
    fc.record({
      kind: fc.constantFrom("cjs", "cjs", "mjs", "ts"),
      exporting: fc.constantFrom(
        "members",
        "members in place",
        "other names",
        "object",
        "object in place",
        "whole",
        "whole in place",
      ),
      taking: fc.constantFrom("names", "other names", "module", "in place", "out of a constant"),
      again: fc.constantFrom("no", "no", "no", "whole", "members"),
    }),
    { minLength: 2, maxLength: 4 },
  ),
  providers: fc.array(provider, { minLength: 1, maxLength: 4 }),
  consumers: fc.array(consumer, { minLength: 1, maxLength: 3 }),
  hasSemicolons: fc.boolean(),
  trap: fc.record({
    kind: fc.oneof({ weight: 4, arbitrary: fc.constant("none") }, fc.constantFrom(...TRAPS)),
    provider: fc.nat(3),
  }),
});

/** A file as it is written. */
interface File extends Module {
  readonly index: number;
  readonly name: string;
  readonly provides: readonly number[];
}

/** Writes the files of a project, the one that is run last. */
export function printModuleProject(project: ModuleProject): Record<string, string> {
  // What CommonJS requires is CommonJS.
  const rank = { cjs: 0, mjs: 1, ts: 2 };
  const modules = project.modules.toSorted((one, other) => rank[one.kind] - rank[other.kind]);
  const last = modules.length - 1;
  // A function calls those before it, so they stand in its file or in one before.
  const homes = project.providers.map(({ home }) => home % Math.max(last, 1)).toSorted((one, other) => one - other);
  const files = modules.map((module, index): File => {
    const provides = homes.flatMap((home, number) => (home === index && index < last ? [number] : []));
    const isWhole = module.exporting.startsWith("whole") && provides.length === 1;
    const exporting = module.exporting.startsWith("whole") && !isWhole ? "members" : module.exporting;
    return {
      ...module,
      exporting,
      index,
      name: `file${index}.${module.kind === "cjs" ? "js" : module.kind}`,
      provides,
    };
  });
  const texts: Record<string, string> = {};
  for (const file of files.slice(0, last)) {
    const body = file.provides.flatMap((number) => providerText(file, project.providers[number]!, number));
    texts[file.name] = printed(project, files, homes, file, [...body, ...objectLines(file)]);
    if (file.again !== "no" && file.provides.length > 0) texts[againName(file)] = againText(file);
  }
  const main = files[last]!;
  const count = project.providers.length;
  texts[main.name] = printed(project, files, homes, main, [
    ...project.consumers.flatMap((each, index) => [...consumerLines(each, index, count), ""]),
    ...project.consumers.flatMap(({ file, start }, index) => startLines(file, start, index)),
    ...trapLines(project.trap, main, files[homes[project.trap.provider % count]!]!, project.trap.provider % count),
  ]);
  return texts;
}

/** The name under which a file exports a function. */
function exportedAs(file: File, number: number): string {
  return file.exporting === "other names" ? `read${number}` : `load${number}`;
}

function isWhole({ exporting }: File): boolean {
  return exporting.startsWith("whole");
}

/** A function, with what exports it where it stands. */
function providerText(file: File, each: Provider, number: number): string[] {
  const lines = providerLines(each, number);
  const name = `load${number}`;
  const [head, ...rest] = lines as [string, ...string[]];
  const parameters = /\(.*\)/u.exec(head)![0];
  const value = each.isArrow ? `${parameters} => {` : `function ${parameters} {`;
  if (file.kind === "cjs") {
    switch (file.exporting) {
      case "members in place":
        return [`exports.${name} = ${value}`, ...rest.slice(0, -1), "};", ""];
      case "whole in place":
        return [`module.exports = ${value}`, ...rest.slice(0, -1), "};", ""];
      case "object in place":
        return ["", ...lines, ""];
      case "members":
        return [...lines, `${number % 2 === 0 ? "exports" : "module.exports"}.${name} = ${name};`, ""];
      case "other names":
        return [...lines, `exports.read${number} = ${name};`, ""];
      case "whole":
        return [...lines, `module.exports = ${name};`, ""];
      default:
        return [...lines, ""];
    }
  }
  switch (file.exporting) {
    case "other names":
      return [...lines, `export { ${name} as read${number} };`, ""];
    case "object":
      return [...lines, `export { ${name} };`, ""];
    case "whole":
    case "whole in place":
      return [...lines, `export default ${name};`, ""];
    default:
      return [`export ${head}`, ...rest, ""];
  }
}

/** What exports the functions of a file together. */
function objectLines({ exporting, kind, provides }: File): string[] {
  if (kind !== "cjs" || !exporting.startsWith("object") || provides.length === 0) return [];
  const members = provides.map((number) => (exporting === "object" ? `load${number}` : `load${number}: load${number}`));
  return [`module.exports = { ${members.join(", ")} };`];
}

function againName({ index, kind }: File): string {
  return `again${index}.${kind === "cjs" ? "js" : kind}`;
}

/** A file that exports what another one exports. */
function againText(file: File): string {
  const path = `./${file.name.replace(/\.ts$/u, "")}`;
  if (file.kind === "cjs")
    return file.again === "whole" || isWhole(file)
      ? `module.exports = require("${path}");\n`
      : `${file.provides.map((number) => `exports.${exportedAs(file, number)} = require("${path}").${exportedAs(file, number)};`).join("\n")}\n`;
  if (isWhole(file)) return `export { default } from "${path}";\n`;
  return file.again === "whole"
    ? `export * from "${path}";\n`
    : `export { ${file.provides.map((number) => exportedAs(file, number)).join(", ")} } from "${path}";\n`;
}

/** A file with what it takes from others, in which each call of a function goes by the name that it has there. */
function printed(
  { hasSemicolons, providers }: ModuleProject,
  files: readonly File[],
  homes: readonly number[],
  file: File,
  body: readonly string[],
): string {
  const own = new Set(file.provides);
  const text = body.join("\n");
  const called = new Set(Array.from(text.matchAll(/\bload(\d+)\(/gu), ([, number]) => Number(number)));
  const heads = new Set<string>();
  const callees = new Map<number, string>();
  for (const number of called) {
    if (own.has(number)) {
      const inPlace = file.kind === "cjs" && file.exporting === "members in place";
      if (inPlace) callees.set(number, `exports.load${number}`);
      if (file.kind === "cjs" && file.exporting === "whole in place") callees.set(number, "module.exports");
      continue;
    }
    if (number >= providers.length) continue;
    const { callee, head } = takenFrom(file, files[homes[number]!]!, number);
    for (const line of head) heads.add(line);
    callees.set(number, callee);
  }
  const fs = file.kind === "cjs" ? 'const fs = require("node:fs");' : 'import fs from "node:fs";';
  const changed = text.replaceAll(
    /(?<!function )\bload(\d+)(?=\()/gu,
    (name, number: string) => callees.get(Number(number)) ?? name,
  );
  const whole = `${[fs, ...heads, "", changed].join("\n")}\n`;
  return hasSemicolons ? whole : whole.replaceAll(/;$/gmu, "");
}

/** What a file calls a function of another, and the lines that take it from there. */
function takenFrom(
  file: File,
  home: File,
  number: number,
): { readonly callee: string; readonly head: readonly string[] } {
  const path = `./${(home.again === "no" ? home.name : againName(home)).replace(/\.ts$/u, "")}`;
  const name = exportedAs(home, number);
  const lib = `lib${home.index}`;
  if (file.kind === "cjs") {
    if (file.taking === "in place")
      return { callee: isWhole(home) ? `require("${path}")` : `require("${path}").${name}`, head: [] };
    if (isWhole(home)) return { callee: `get${number}`, head: [`const get${number} = require("${path}");`] };
    switch (file.taking) {
      case "names":
        return { callee: name, head: [`const { ${name} } = require("${path}");`] };
      case "other names":
        return { callee: `get${number}`, head: [`const { ${name}: get${number} } = require("${path}");`] };
      case "out of a constant":
        return { callee: name, head: [`const ${lib} = require("${path}");`, `const { ${name} } = ${lib};`] };
      default:
        return { callee: `${lib}.${name}`, head: [`const ${lib} = require("${path}");`] };
    }
  }
  if (isWhole(home)) return { callee: `get${number}`, head: [`import get${number} from "${path}";`] };
  switch (file.taking) {
    case "names":
      return { callee: name, head: [`import { ${name} } from "${path}";`] };
    case "other names":
    case "in place":
      return { callee: `get${number}`, head: [`import { ${name} as get${number} } from "${path}";`] };
    case "out of a constant":
      return { callee: name, head: [`import * as ${lib} from "${path}";`, `const { ${name} } = ${lib};`] };
    default:
      return {
        callee: `${lib}.${name}`,
        head: [home.kind === "cjs" ? `import ${lib} from "${path}";` : `import * as ${lib} from "${path}";`],
      };
  }
}

/** Calls a function in a way that hides that it is called. */
function trapLines({ kind }: Trap, main: File, home: File, number: number): string[] {
  if (kind === "none") return [];
  const name = exportedAs(home, number);
  const path = `./${home.name.replace(/\.ts$/u, "")}`;
  const isCommonJs = main.kind === "cjs";
  const head = isCommonJs ? [`const trapped = require("${path}");`] : [`import * as trapped from "${path}";`];
  const told = '("t", (err, text) => log("trap", err ? err.message : text));';
  const inner = !isWhole(home) ? `.${name}` : isCommonJs ? "" : ".default";
  switch (kind) {
    case "computed member":
      return isWhole(home)
        ? trapLines({ kind: "passed on", provider: number }, main, home, number)
        : [...head, `const key = "${name}";`, `trapped[key]${told}`];
    case "computed path":
      return isCommonJs
        ? ['const part = "file";', `require("./" + part + "${home.index}")${inner}${told}`]
        : trapLines({ kind: "in a list", provider: number }, main, home, number);
    case "copied":
      return isWhole(home)
        ? trapLines({ kind: "in a list", provider: number }, main, home, number)
        : [...head, "const copied = { ...trapped };", "const use = (lib) => lib", `use(copied)${inner}${told}`];
    case "in a list":
      return [...head, `for (const each of [trapped${inner}]) each${told}`];
    case "loaded late":
      return isCommonJs
        ? trapLines({ kind: "passed on", provider: number }, main, home, number)
        : [`import("${path}").then((lib) => lib${inner}${told.slice(0, -1)});`];
    default:
      return [...head, "const use = (lib) => lib;", `use(trapped)${inner}${told}`];
  }
}
