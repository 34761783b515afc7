import type { CompositionForm } from "../../src/dialects/compositions.ts";
import { ASYNC_JS } from "../../src/dialects/families/async-js.ts";

/** Programs that call each function of the library `async`, with functions that succeed, fail at each position, and answer at once. */

/** A program, and what it shows. */
export interface FunctionCase {
  readonly name: string;
  readonly shows: string;
  readonly text: string;
  readonly library: string;
  /** Whether functions that are started together call back before they return: what is called back in the end comes behind all starts then. */
  readonly isReordered: boolean;
}

/** The functions whose calls become statements, by their names. */
export const COMPOSED: ReadonlyMap<string, CompositionForm> = new Map(
  [...ASYNC_JS.operations].flatMap(([name, { awaited }]) =>
    awaited.kind === "composed" && typeof awaited.composition !== "string"
      ? [[name, awaited.composition] as const]
      : [],
  ),
);

const SCENARIOS: readonly { readonly shows: string; readonly items: readonly string[] }[] = [
  { shows: "success", items: ["pa", "pbbb", "pcc"] },
  { shows: "an error first", items: ["bad", "pbbb", "pcc"] },
  { shows: "an error in the middle", items: ["pa", "bad", "pcc"] },
  { shows: "an error last", items: ["pa", "pbbb", "bad"] },
  { shows: "two errors", items: ["pa", "bad1", "bad2"] },
  { shows: "nothing", items: [] },
  { shows: "answers at once", items: ["sa", "sbbb", "scc"] },
  { shows: "one at once between others", items: ["pa", "sbbb", "pcc"] },
  { shows: "an error at once", items: ["pa", "serr", "pcc"] },
];

/** What is called back in the end: with nothing but an error, or with what came of the answers. */
const finalOf = (gives: CompositionForm["gives"]): string => (gives === "nothing" ? SILENT : FINAL);

const SILENT = `function (err) {
    if (err) return log("failed", err.message);
    log("done");
  }`;

const FINAL = `function (err, result) {
    if (err) {
      log("failed", err.message);
      return;
    }
    log("done", JSON.stringify(typeof result === "object" && result !== null ? Object.entries(result).sort() : result));
  }`;

/** Every case of a function, with one of the libraries. */
export function casesOf(name: string, form: CompositionForm, library: string): FunctionCase[] {
  return SCENARIOS.flatMap(({ items, shows }) => {
    // A race of none never ends where promises race.
    if (form.gives === "first" && items.length === 0) return [];
    // Rounds that answer at once are kept apart by `setImmediate`, and the programs are over where nothing is pending.
    if (form.over === "repeated" && form.test === undefined && items.some((item) => item.startsWith("s"))) return [];
    return writings(form, items, library).map((call, index) => ({
      name,
      library,
      isReordered: form.order === "together" && items.some((item) => item.startsWith("s")),
      shows: index === 0 ? shows : `${shows}, written otherwise (${index})`,
      text: `const async = require("async");\nconst fs = require("fs");\n\nfunction run() {\n  ${call(name)}\n}\n\nrun();\n`,
    }));
  });
}

type Call = (name: string) => string;

/** The same without an error at once, which keeps some functions from being started behind it, so that their call stays. */
function sound(value: string, answer: string): string {
  return body(value, answer).replace(/\n[^\n]*"at once"[^\n]*/, "");
}

/** What a function does with a value: it may answer at once. */
function body(value: string, answer: string, before = ""): string {
  return `{
      ${before}log("called", ${value});
      if (${value} === "serr") return cb(new Error("at once"));
      if (${value}[0] === "s") return cb(${answer === "" ? "" : `null, ${answer.replace(/\bdata\b/g, '"now"')}`});
      fs.readFile(${value}, function (err, data) {
        if (err) return cb(err);
        log("read", ${value});
        cb(${answer === "" ? "" : `null, ${answer}`});
      });
    }`;
}

/** The same as a function that stays: its callback is called in a function that something else calls. */
function kept(value: string, answer: string): string {
  return `{
      log("called", ${value});
      [${value}].forEach(function (path) {
        fs.readFile(path === "serr" ? "bad" : path, function (err, data) {
          if (err) return cb(err);
          log("over", path);
          cb(null, ${answer === "" ? "undefined" : answer});
        });
      });
    }`;
}

function writings(form: CompositionForm, items: readonly string[], library: string): Call[] {
  const answer = ANSWERS[form.gives];
  const final = finalOf(form.gives);
  const inPlace = form.isStoppedAtOnce === true ? sound : body;
  const list = JSON.stringify(items);
  const object = JSON.stringify(Object.fromEntries(items.map((item, index) => [`k${index}`, item])));
  switch (form.over) {
    case "list":
      return [inPlace, kept].map(
        (code) => (name) => `async.${name}(${list}, function (item, cb) ${code("item", answer)}, ${final});`,
      );
    case "entries":
      return (form.gives === "members" ? [object] : [object, list]).flatMap((entries) =>
        [form.order === "together" ? sound : body, kept].map(
          (code) => (name: string) =>
            `async.${name}(${entries}, function (item, key, cb) ${code("item", answer === "" ? "" : "data + key")}, ${final});`,
        ),
      );
    case "count":
      return [
        (name) =>
          `async.${name}(${items.length}, function (index, cb) { const item = ${list}[index]; ${inPlace("item", answer).slice(1)}, ${final});`,
      ];
    case "memo":
      return [body, kept].map(
        (code) => (name) =>
          `async.${name}(${list}, "m", function (memo, item, cb) ${code("item", "memo + item")}, ${final});`,
      );
    case "tasks": {
      const tasks = items.map((item, index) =>
        form.isHandedOn === true
          ? `function (${index === 0 ? "" : "given, "}cb) ${body(JSON.stringify(item), "data", index === 0 ? "" : 'log("given", given); ')}`
          : `function (cb) ${body(JSON.stringify(item), "data")}`,
      );
      const staying = items.map(
        (item, index) =>
          `function (${form.isHandedOn === true && index > 0 ? "given, " : ""}cb) ${kept(JSON.stringify(item), "data")}`,
      );
      const several = items.map((item) => `function (cb) ${body(JSON.stringify(item), "data, 2")}`);
      const ofObject = form.order === "together" ? sound : body;
      const keyed = items.map((item, index) => `k${index}: function (cb) ${ofObject(JSON.stringify(item), "data")}`);
      return [
        (name) => `async.${name}([${tasks.join(", ")}], ${final});`,
        (name) => `async.${name}([${staying.join(", ")}], ${final});`,
        ...(form.gives === "answers"
          ? [
              (name: string) => `async.${name}([${several.join(", ")}], ${final});`,
              (name: string) => `async.${name}({ ${keyed.join(", ")} }, ${final});`,
            ]
          : []),
      ];
    }
    case "repeated":
      return repeats(form, items, library);
  }
}

function repeats({ gives, test }: CompositionForm, items: readonly string[], library: string): Call[] {
  const all = JSON.stringify(test === undefined ? [...items, "badend"] : items);
  const question = `index ${test?.isNegated === true ? ">=" : "<"} items.length`;
  const asking = library === "async-3" ? `(cb) => cb(null, ${question})` : `() => ${question}`;
  return [body, kept].flatMap((code) => {
    const step = `function (cb) { const item = items[index++] || "sx"; ${code("item", gives === "nothing" ? "" : "item").slice(1)}`;
    const args = test === undefined ? [step] : test.isBehind ? [step, asking] : [asking, step];
    // Where the question is given what was answered, its function is left alone.
    if (test?.isBehind === true && library === "async-3") return [];
    return [
      (name: string) =>
        `const items = ${all};\n  let index = 0;\n  async.${name}(${args.join(", ")}, ${finalOf(gives)});`,
    ];
  });
}

const ANSWERS: Readonly<Record<CompositionForm["gives"], string>> = {
  nothing: "",
  answers: "data",
  last: "data",
  kept: "item.length > 2",
  dropped: "item.length > 2",
  found: "item.length > 2",
  some: "item.length > 2",
  every: "item.length < 3",
  first: "data",
  joined: "[item, [data]]",
  members: "data",
  sorted: "-item.length",
};
