import fc from "fast-check";

/** Programs that call functions of the library `async`, nested in each other, with tasks that succeed, fail, and answer at once. */

type Draw = (below: number) => number;

/** A program by the numbers that it is drawn from. */
export const arbitraryCompositions: fc.Arbitrary<string> = fc
  .array(fc.nat(), { minLength: 30, maxLength: 120 })
  .map((numbers) => {
    let at = 0;
    return new Printer((below) => (numbers[at++ % numbers.length]! + at) % below).program();
  });

/** The library's functions by what they are given, and whether they give a value. */
const LISTS = ["each", "eachSeries", "forEachSeries"] as const;
const MAPS = ["map", "mapSeries"] as const;
const FILTERS = [
  "filter",
  "filterSeries",
  "reject",
  "rejectSeries",
  "detectSeries",
  "someSeries",
  "everySeries",
] as const;

class Printer {
  readonly #draw: Draw;
  readonly #end: string;
  readonly #isArrow: boolean;
  #names = 0;

  constructor(draw: Draw) {
    this.#draw = draw;
    this.#end = draw(4) === 0 ? "" : ";";
    this.#isArrow = draw(2) === 0;
  }

  program(): string {
    const end = this.#end;
    const count = 1 + this.#draw(2);
    const functions = Array.from({ length: count }, (_, index) => {
      const log = `function (error, result) {\n    if (error) {\n      log("failed", error.message)${end}\n      return${end}\n    }\n    log("given", JSON.stringify(typeof result === "object" ? Object.entries(result ?? {}).sort() : result))${end}\n  }`;
      return `function f${index}() {\n  ${this.#composition(2, "  ", log)}\n}\n`;
    });
    const calls = Array.from({ length: count }, (_, index) => `f${index}()${end}\n`);
    // Only the last of the calls has nothing behind it, as what calls back at once has to.
    return `const async = require("async")${end}\nconst fs = require("fs")${end}\n\n${functions.join("\n")}\n${calls.at(-1)!}`;
  }

  #fn(parameters: string, body: string, indent: string): string {
    const head = this.#isArrow ? `(${parameters}) =>` : `function (${parameters})`;
    return `${head} {\n${body}${indent}}`;
  }

  /** A call, with the function or the name that it calls back. */
  #composition(depth: number, indent: string, callback: string): string {
    const end = this.#end;
    const inner = `${indent}  `;
    switch (this.#draw(6)) {
      case 0:
        return `async.waterfall([${this.#waterfall(depth, inner)}\n${indent}], ${callback})${end}`;
      case 1: {
        const name = ["parallel", "series"][this.#draw(2)]!;
        const tasks = Array.from(
          { length: this.#draw(4) },
          (_, at) => `\n${inner}k${at}: ${this.#task(depth, inner, "", 1)},`,
        );
        return `async.${name}({${tasks.join("")}\n${indent}}, ${callback})${end}`;
      }
      case 2: {
        const name = LISTS[this.#draw(LISTS.length)]!;
        return `async.${name}(${this.#list()}, ${this.#task(depth, indent, "item", 0)}, ${callback})${end}`;
      }
      case 3: {
        const name = MAPS[this.#draw(MAPS.length)]!;
        return `async.${name}(${this.#list()}, ${this.#task(depth, indent, "item", 1)}, ${callback})${end}`;
      }
      case 4: {
        const name = FILTERS[this.#draw(FILTERS.length)]!;
        return `async.${name}(${this.#list()}, ${this.#task(depth, indent, "item", 1, "item.length > 5")}, ${callback})${end}`;
      }
      default: {
        const name = ["parallel", "series"][this.#draw(2)]!;
        const tasks = Array.from(
          { length: this.#draw(4) },
          () => `\n${inner}${this.#task(depth, inner, "", this.#draw(3))},`,
        );
        return `async.${name}([${tasks.join("")}\n${indent}], ${callback})${end}`;
      }
    }
  }

  #list(): string {
    const items = Array.from({ length: this.#draw(4) }, () => `"${this.#path()}"`);
    return `[${items.join(", ")}]`;
  }

  #path(): string {
    return `${this.#draw(6) === 0 ? "bad" : "p"}${this.#names++}${"x".repeat(this.#draw(5))}`;
  }

  #waterfall(depth: number, indent: string): string {
    let passed: string[] = [];
    const count = 1 + this.#draw(3);
    return Array.from({ length: count }, (_, at) => {
      const answers = at === count - 1 ? this.#draw(2) : this.#draw(3);
      const text = this.#task(depth, indent, passed.join(", "), answers);
      passed = Array.from({ length: answers }, (_each, index) => `v${at}${index}`);
      return `\n${indent}${text},`;
    }).join("");
  }

  /** A function that starts something and answers with so many values. */
  #task(depth: number, indent: string, parameters: string, answers: number, test?: string): string {
    const end = this.#end;
    const inner = `${indent}  `;
    const name = this.#names++;
    const next = ["next", "cb", "done"][this.#draw(3)]!;
    const path = parameters === "item" && this.#draw(2) === 0 ? "item" : `"${this.#path()}"`;
    const shown = parameters === "" ? "" : `, ${parameters}`;
    const says = this.#draw(2) === 0 ? `${inner}log("task ${name}"${shown})${end}\n` : "";
    const own = [test ?? `d${name}`, `"more ${name}"`].slice(0, answers);
    const answer = own.length === 0 ? `${next}()` : `${next}(null, ${own.join(", ")})`;
    const list = [...(parameters === "" ? [] : [parameters]), next].join(", ");
    const early =
      this.#draw(4) === 0 && parameters === "item"
        ? `${inner}if (item.length > 6) return ${answers === 0 ? `${next}()` : `${next}(null, "early")`}${end}\n`
        : "";
    const at = this.#draw(depth > 0 ? 6 : 4);
    if (at === 0 && answers === 1 && test === undefined)
      return this.#fn(list, `${says}${early}${inner}fs.readFile(${path}, ${next})${end}\n`, indent);
    if (at === 1 && answers === 0)
      return this.#fn(list, `${says}${early}${inner}fs.readFile(${path}, (err) => ${next}(err))${end}\n`, indent);
    if (at >= 4 && (answers === 0 || test === undefined)) {
      const given =
        answers === 0 ? "" : `, [${own.map((each) => (each.startsWith("d") ? `"of ${name}"` : each)).join(", ")}]`;
      const back = this.#fn(
        "err",
        `${inner}  if (err) return ${next}(err)${end}\n${inner}  log("inner ${name}")${end}\n${inner}  ${next}(${answers === 0 ? "" : `null${given}`})${end}\n`,
        inner,
      );
      if (answers < 2)
        return this.#fn(list, `${says}${early}${inner}${this.#composition(depth - 1, inner, back)}\n`, indent);
    }
    const failing =
      this.#draw(5) === 0
        ? `${inner}  if (d${name}.length > 16) return ${next}(new Error("long ${name}"))${end}\n`
        : "";
    const back = this.#fn(
      `err, d${name}`,
      `${inner}  if (err) return ${next}(err)${end}\n${inner}  log("done ${name}", d${name})${end}\n${failing}${inner}  ${answer}${end}\n`,
      inner,
    );
    return this.#fn(list, `${says}${early}${inner}fs.readFile(${path}, ${back})${end}\n`, indent);
  }
}
