import fc from "fast-check";

/** Programs of functions with a callback of their own, which read files and call one another, and of functions that call them. */

/** How a function, or who calls it, is written. */
interface Style {
  readonly isArrow: boolean;
  readonly isReturned: boolean;
  readonly isArrowCallback: boolean;
  readonly name: string;
}

/** One function with a callback: what it calls by number, the reading of a file where there is no such function, and what it does with that. */
export interface Provider extends Style {
  readonly calls: number;
  readonly second: number;
  readonly shape: string;
  readonly checks: string;
}

export interface Consumer extends Style {
  readonly calls: number;
  readonly second: number;
  readonly shape: string;
  readonly file: string;
  readonly start: string;
}

export interface OwnProgram {
  readonly providers: readonly Provider[];
  readonly consumers: readonly Consumer[];
  readonly hasSemicolons: boolean;
}

export const PROVIDER_SHAPES = [
  "passed on",
  "guard",
  "branches",
  "handed on",
  "error handed on",
  "recovered",
  "nested",
  "in turn",
  "thrown",
  "goes on behind",
  "not told",
  "at once",
  "next tick",
  "caught",
  "itself",
  "counted",
  "counted in a loop",
  "in rounds",
  "retried",
] as const;
export const CONSUMER_SHAPES = [
  "guard",
  "branches",
  "thrown",
  "ignored",
  "nested",
  "named",
  "none given",
  "goes on",
] as const;

export const style = {
  isArrow: fc.boolean(),
  isReturned: fc.boolean(),
  isArrowCallback: fc.boolean(),
  name: fc.constantFrom("cb", "callback", "done"),
};

/** The rare shapes, which keep all around them from changing, come seldom. */
export function shapes(all: readonly string[], rare: ReadonlySet<string>): fc.Arbitrary<string> {
  return fc.oneof(...all.map((shape) => ({ weight: rare.has(shape) ? 1 : 12, arbitrary: fc.constant(shape) })));
}

export const arbitraryOwnProgram: fc.Arbitrary<OwnProgram> = fc.record({
  providers: fc.array(
    fc.record({
      ...style,
      calls: fc.nat(6),
      second: fc.nat(6),
      shape: shapes(PROVIDER_SHAPES, new Set(["goes on behind", "not told", "caught", "at once"])),
      checks: fc.oneof({ weight: 9, arbitrary: fc.constant("no") }, fc.constantFrom("at once", "next tick")),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  consumers: fc.array(
    fc.record({
      ...style,
      calls: fc.nat(4),
      second: fc.nat(4),
      shape: shapes(CONSUMER_SHAPES, new Set(["none given", "goes on"])),
      file: fc.constantFrom("a", "b", "missing-c", "bad"),
      start: fc.constantFrom("plain", "timer", "behind"),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  hasSemicolons: fc.boolean(),
});

/** Writes a program. */
export function printOwnProgram({ consumers, hasSemicolons, providers }: OwnProgram): string {
  const lines = [
    'const fs = require("node:fs");',
    "",
    ...providers.flatMap((provider, index) => [...providerLines(provider, index), ""]),
    ...consumers.flatMap((consumer, index) => [...consumerLines(consumer, index, providers.length), ""]),
    ...consumers.flatMap(({ file, start }, index) => startLines(file, start, index)),
  ];
  const text = `${lines.join("\n")}\n`;
  return hasSemicolons ? text : text.replaceAll(/;$/gmu, "");
}

/** The call of a provider that was written before, or of the operation itself. */
function callOf(calls: number, index: number, argument: string, callback: string): string {
  return calls < index ? `load${calls}(${argument}, ${callback})` : `fs.readFile(${argument}, "utf8", ${callback})`;
}

function callbackOf({ isArrowCallback }: Style, parameters: string, lines: readonly string[]): string {
  const head = isArrowCallback ? `(${parameters}) => {` : `function (${parameters}) {`;
  return [head, ...lines.map((line) => `  ${line}`), "}"].join("\n");
}

function functionLines(style: Style, name: string, parameters: string, body: readonly string[]): string[] {
  const lines = body.flatMap((each) => each.split("\n")).map((line) => `  ${line}`);
  return style.isArrow
    ? [`const ${name} = (${parameters}) => {`, ...lines, "};"]
    : [`function ${name}(${parameters}) {`, ...lines, "}"];
}

export function providerLines(provider: Provider, index: number): string[] {
  return functionLines(provider, `load${index}`, `name, ${provider.name}`, [
    `log("load${index}", name);`,
    ...checkLines(provider),
    ...bodyOf(provider, index),
  ]);
}

function checkLines({ checks, name }: Provider): string[] {
  if (checks === "at once") return [`if (name === "bad") return ${name}(new Error("bad name"));`];
  return checks === "next tick" ? [`if (name === "bad") return process.nextTick(${name}, new Error("bad name"));`] : [];
}

function bodyOf(provider: Provider, index: number): string[] {
  const { calls, name: cb, second } = provider;
  const start = (callback: string, argument = "name"): string =>
    `${provider.isReturned ? "return " : ""}${callOf(calls, index, argument, callback)};`;
  const called = (...lines: string[]): string[] => [start(callbackOf(provider, "err, text", lines))];
  switch (provider.shape) {
    case "passed on":
      return [start(cb)];
    case "guard":
      return called(`if (err) return ${cb}(err);`, `log("got", text);`, `${cb}(null, text + ${index});`);
    case "branches":
      return called("if (!err) {", `  ${cb}(null, text);`, "} else {", '  log("no text");', `  ${cb}(err);`, "}");
    case "handed on":
      return [
        start(
          provider.isArrowCallback
            ? `(err, text) => ${cb}(err, text)`
            : callbackOf(provider, "err, text", [`${cb}(err, text);`]),
        ),
      ];
    case "error handed on":
      return [start(callbackOf(provider, "err", [`return ${cb}(err);`]))];
    case "recovered":
      return called("if (err) {", `  ${cb}(null, "none");`, "  return;", "}", `${cb}(null, text.length);`);
    case "nested":
      return called(
        "if (err) {",
        `  return ${cb}(err);`,
        "}",
        `${callOf(second, index, '"x" + name', callbackOf(provider, "problem, more", [`if (problem) return ${cb}(problem);`, `${cb}(null, text + more);`]))};`,
      );
    case "in turn":
      return called(`if (err) return ${cb}(err);`, `${callOf(second, index, '"y" + name', cb)};`);
    case "thrown":
      return called(
        `if (err) return ${cb}(err);`,
        `if (text.length > 12) throw new Error("long");`,
        `${cb}(null, text);`,
      );
    case "goes on behind":
      return called(`if (err) return ${cb}(err);`, `${cb}(null, text);`, 'log("behind");');
    case "not told":
      return called(`if (err) return ${cb}(err);`, `if (text !== "<a>") ${cb}(null, text);`);
    case "two values":
      return called(`if (err) return ${cb}(err);`, `${cb}(null, text, text.length);`);
    case "at once":
      return [`${cb}(null, name.length);`];
    case "next tick":
      return [`process.nextTick(() => ${cb}(null, name.length));`];
    case "caught":
      return called(
        `if (err) return ${cb}(err);`,
        "try {",
        `  ${cb}(null, text.trim());`,
        "} catch (error) {",
        `  ${cb}(error);`,
        "}",
      );
    case "counted":
      return [
        'const names = [name, "a"], texts = [];',
        "let left = names.length;",
        "names.forEach((each, at) => {",
        `  ${callOf(calls, index, "each", callbackOf(provider, "err, text", [`if (err) return ${cb}(err);`, 'log("part", at);', "texts[at] = text;", `if (--left === 0) ${cb}(null, texts.join());`]))};`,
        "});",
      ];
    case "counted in a loop":
      return [
        "let count = 0, failed = false;",
        'const names = ["x" + name, name], texts = [];',
        "for (let at = 0; at < names.length; at++) {",
        `  ${callOf(calls, index, "names[at]", callbackOf(provider, "err, text", ["if (failed) return;", "if (err) {", "  failed = true;", `  return ${cb}(err);`, "}", "texts.push(text);", `if (++count === names.length) ${cb}(null, texts.join());`]))};`,
        "}",
      ];
    case "in rounds":
      return [
        "const parts = [];",
        "function step(at, path) {",
        `  if (at === 2) return ${cb}(null, parts.join());`,
        `  ${callOf(calls, index, "path", callbackOf(provider, "err, text", [`if (err) return ${cb}(err);`, 'log("round", at);', "parts.push(text);", "step(at + 1, path + at);"]))};`,
        "}",
        "step(0, name);",
      ];
    case "retried":
      return [
        "let tries = 2;",
        "const attempt = () => {",
        `  ${callOf(calls, index, "name", callbackOf(provider, "err, text", ["if (err && tries-- > 0) return attempt();", `if (err) return ${cb}(err);`, `${cb}(null, text + tries);`]))};`,
        "};",
        "attempt();",
      ];
    default:
      return [
        `if (name.length > 4) return ${callOf(calls, index, "name", cb)};`,
        `load${index}(name + "${index}", ${callbackOf(provider, "err, text", [`if (err) return ${cb}(err);`, `${cb}(null, "again " + text);`])});`,
      ];
  }
}

export function consumerLines(consumer: Consumer, index: number, count: number): string[] {
  const { calls, second, shape } = consumer;
  const named = (number: number, callback: string): string => callOf(number % count, count, "name", callback);
  const start = (callback: string): string => `${consumer.isReturned ? "return " : ""}${named(calls, callback)};`;
  const called = (...lines: string[]): string[] => [start(callbackOf(consumer, "err, text", lines))];
  const body = ((): string[] => {
    switch (shape) {
      case "guard":
        return called('if (err) return log("failed", err.message);', `log("text ${index}", text);`);
      case "branches":
        return called("if (err) {", '  log("failed", err.message);', "} else {", `  log("text ${index}", text);`, "}");
      case "thrown":
        return called("if (err) throw err;", `log("text ${index}", text);`);
      case "ignored":
        return [start(callbackOf(consumer, "", [`log("done ${index}");`]))];
      case "nested":
        return called(
          'if (err) return log("failed", err.message);',
          `${named(second, callbackOf(consumer, "problem, more", ['if (problem) return log("failed later", problem.message);', "log(text, more);"]))};`,
        );
      case "named":
        return [
          `function shown(err, text) {`,
          '  if (err) return log("failed", err.message);',
          `  log("text ${index}", text);`,
          "}",
          start("shown"),
        ];
      case "two values":
        return [
          start(
            callbackOf(consumer, "err, text, size", [
              'if (err) return log("failed", err.message);',
              `log("text ${index}", text, size);`,
            ]),
          ),
        ];
      case "none given":
        return [`load${calls % count}(name);`];
      default:
        return [...called('log("later", err ? err.message : text);'), 'log("goes on");'];
    }
  })();
  return functionLines(consumer, `show${index}`, "name", body);
}

export function startLines(file: string, start: string, index: number): string[] {
  const call = `show${index}("${file}");`;
  switch (start) {
    case "timer":
      return [`setTimeout(() => ${call.slice(0, -1)});`];
    case "behind":
      return [call, `log("behind ${index}");`];
    default:
      return [call];
  }
}
