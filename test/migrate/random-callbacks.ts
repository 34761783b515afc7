import fc from "fast-check";

/** Programs of functions that start operations with callbacks, nested and side by side, in the styles of JavaScript. */

type Draw = (below: number) => number;

interface Style {
  readonly end: string;
  readonly isArrow: boolean;
}

const OPERATIONS = [
  { callee: "fs.readFile", values: ["data"] },
  { callee: "fs.stat", values: ["stats"] },
  { callee: "fs.unlink", values: [] },
  { callee: "fs.open", values: ["fd"] },
  { callee: "fs.read", values: ["bytesRead", "buffer"] },
  { callee: "dns.lookup", values: ["address", "family"] },
  { callee: "child.exec", values: ["stdout", "stderr"] },
] as const;

/** A program by the numbers that it is drawn from. */
export const arbitraryCallbacks: fc.Arbitrary<string> = fc
  .array(fc.nat(), { minLength: 30, maxLength: 120 })
  .map((numbers) => {
    let at = 0;
    return new Printer((below) => (numbers[at++ % numbers.length]! + at) % below).program();
  });

class Printer {
  readonly #draw: Draw;
  readonly #style: Style;
  readonly #functions: number;
  readonly #named: string[] = [];
  #names = 0;

  constructor(draw: Draw) {
    this.#draw = draw;
    this.#style = { end: draw(3) === 0 ? "" : ";", isArrow: draw(2) === 0 };
    this.#functions = 1 + draw(3);
  }

  program(): string {
    const { end } = this.#style;
    const keyword = this.#draw(2) === 0 ? "const" : "var";
    const functions = Array.from({ length: this.#functions }, (_, index) => {
      const body = this.#body(2, "  ", index);
      return `function f${index}() {\n${body}}\n`;
    });
    const calls = Array.from(
      { length: this.#functions },
      (_, index) => `f${index}()${end}\nlog("behind ${index}")${end}\n`,
    );
    return [
      `${keyword} fs = require("fs")${end}\n`,
      `${keyword} dns = require("dns")${end}\n`,
      `${keyword} child = require("child_process")${end}\n\n`,
      ...functions,
      ...this.#named,
      `\n${calls.join("")}`,
    ].join("");
  }

  /** Statements, and an operation as the last of them. `index` is that of the function: only later ones are called. */
  #body(depth: number, indent: string, index: number): string {
    const { end } = this.#style;
    let text = "";
    for (let count = this.#draw(3); count > 0; count--) text += this.#statement(indent, index);
    switch (this.#draw(8)) {
      case 0:
        return text + `${indent}log("last ${this.#names++}")${end}\n`;
      case 1:
        return text + `${indent}if (${this.#draw(2)}) {\n${this.#start(depth, `${indent}  `, index)}${indent}}\n`;
      case 2:
        return (
          text +
          `${indent}if (${this.#draw(2)}) {\n${this.#start(depth, `${indent}  `, index)}${indent}} else {\n${this.#start(depth, `${indent}  `, index)}${indent}}\n`
        );
      default:
        return text + this.#start(depth, indent, index);
    }
  }

  #statement(indent: string, index: number): string {
    const { end } = this.#style;
    const next = index + 1 + this.#draw(3);
    switch (this.#draw(4)) {
      case 0:
        return next < this.#functions ? `${indent}f${next}()${end}\n` : "";
      case 1:
        return `${indent}if (${this.#draw(4)} > 2) return${end}\n`;
      default:
        return `${indent}log("step ${this.#names++}")${end}\n`;
    }
  }

  /** Operations that are started side by side and counted: the last one goes on. */
  #counted(depth: number, indent: string, index: number): string {
    const { end, isArrow } = this.#style;
    const name = this.#names++;
    const [list, left, path, at] = [`items${name}`, `left${name}`, `path${name}`, `at${name}`];
    const paths = Array.from({ length: 1 + this.#draw(3) }, (_, each) =>
      this.#draw(5) === 0 ? `"bad${name}${each}"` : `"p${name}${each}"`,
    );
    const isUp = this.#draw(3) === 0;
    const total = this.#draw(3) === 0 ? String(paths.length) : `${list}.length`;
    const head = (parameters: string): string => (isArrow ? `(${parameters}) =>` : `function (${parameters})`);
    const finish = (inner: string): string =>
      `${inner}log("all ${this.#names++}")${end}\n${depth === 0 ? "" : this.#body(depth - 1, inner, index)}`;
    const counting = (inner: string): string => {
      const step = isUp ? `++${left}` : `--${left}`;
      const last = isUp ? `=== ${total}` : "=== 0";
      switch (this.#draw(isUp ? 2 : 4)) {
        case 0:
          return `${inner}if (${step} ${last}) {\n${finish(`${inner}  `)}${inner}}\n`;
        case 1:
          return `${inner}${left} ${isUp ? "+=" : "-="} 1${end}\n${inner}if (${left} ${last}) {\n${finish(`${inner}  `)}${inner}}\n`;
        case 2:
          return `${inner}if (!${step}) {\n${finish(`${inner}  `)}${inner}}\n`;
        default:
          return `${inner}if (${step} > 0) return${end}\n${finish(inner)}`;
      }
    };
    const start = (inner: string, given: string): string => {
      const { callee, values } = OPERATIONS[this.#draw(OPERATIONS.length)]!;
      const deep = `${inner}  `;
      const shown = (from: string): string =>
        `${from}log(${[`"done ${this.#names++}"`, at, ...values].join(", ")})${end}\n`;
      const failed = `log("failed", err.code)${end}\n`;
      const code = [
        () => `${deep}if (err) throw err${end}\n${shown(deep)}`,
        () => `${deep}if (err) {\n${deep}  ${failed}${deep}} else {\n${shown(`${deep}  `)}${deep}}\n`,
        () => `${deep}if (!err) {\n${shown(`${deep}  `)}${deep}}\n`,
        () => `${deep}if (err) {\n${deep}  ${failed}${deep}  return${end}\n${deep}}\n${shown(deep)}`,
      ][this.#draw(9) === 0 ? 3 : this.#draw(3)]!;
      return `${inner}${callee}(${given}, ${head(["err", ...values].join(", "))} {\n${code()}${counting(deep)}${inner}})${end}\n`;
    };
    const inner = `${indent}  `;
    const set = `${indent}let ${left} = ${isUp ? "0" : total}${end}\n${indent}const ${list} = [${paths.join(", ")}]${end}\n`;
    const before = isUp ? set : set.split("\n").toReversed().join("\n").replace(/^\n/, "") + "\n";
    switch (this.#draw(4)) {
      case 0:
        return `${before}${indent}${list}.forEach(${head(`${path}, ${at}`)} {\n${start(inner, path)}${indent}})${end}\n`;
      case 1:
        return `${before}${indent}for (let ${at} = 0; ${at} < ${list}.length; ${at}++) {\n${start(inner, `${list}[${at}]`)}${indent}}\n`;
      case 2: {
        const called = `${indent}  (function (${at}) {\n${start(`${inner}  `, `${list}[${at}]`)}${indent}  })(${at})${end}\n`;
        return `${before}${indent}for (var ${at} = 0; ${at} < ${list}.length; ${at}++) {\n${called}${indent}}\n`;
      }
      default: {
        const amount = 2 + this.#draw(2);
        const several = Array.from({ length: amount }, (_, each) => start(indent, `"${each}p${name}"`)).join("");
        const from = isUp ? "0" : String(amount);
        return `${indent}var ${left} = ${from}, ${at} = "several", ${list} = { length: ${amount} }${end}\n${several}`;
      }
    }
  }

  #start(depth: number, indent: string, index: number): string {
    const { end, isArrow } = this.#style;
    if (this.#draw(5) === 0) return this.#counted(depth, indent, index);
    const { callee, values } = OPERATIONS[this.#draw(OPERATIONS.length)]!;
    const name = this.#names++;
    const path = `"${this.#draw(3) === 0 ? "bad" : "p"}${name}"`;
    const error = `err${this.#draw(2) === 0 ? "" : name}`;
    const used = values.map((each) => `${each}${this.#draw(2) === 0 ? "" : name}`);
    const parameters = [error, ...used].join(", ");
    const isNamed = this.#draw(5) === 0;
    const code = this.#callback(depth, isNamed ? "  " : `${indent}  `, index, error, used);
    if (isNamed) {
      this.#named.push(`function on${name}(${parameters}) {\n${code}}\n`);
      return `${indent}${callee}(${path}, on${name})${end}\n`;
    }
    const head = isArrow ? `(${parameters}) =>` : `function (${parameters})`;
    if (callee === "child.exec" && this.#draw(3) === 0) {
      const handle = `running${name}`;
      return `${indent}const ${handle} = ${callee}(${path}, ${head} {\n${code}${indent}})${end}\n${indent}log("handle", ${handle}.of)${end}\n`;
    }
    const before = this.#draw(6) === 0 ? "return " : "";
    return `${indent}${before}${callee}(${path}, ${head} {\n${code}${indent}})${end}\n`;
  }

  /** What is done with the outcome: in the ways in which code asks for an error. */
  #callback(depth: number, indent: string, index: number, error: string, values: readonly string[]): string {
    const { end } = this.#style;
    const shown = `${indent}log(${[`"done ${this.#names++}"`, ...values].join(", ")})${end}\n`;
    const rest = (at: string): string => {
      const more = depth === 0 ? "" : this.#body(depth - 1, at, index);
      return (
        more + (more === "" && this.#draw(6) === 0 ? `${at}throw new Error("thrown ${this.#names++}")${end}\n` : "")
      );
    };
    const failed = `log("failed", ${error}.code, ${error}.message)`;
    const inner = `${indent}  `;
    switch (this.#draw(9)) {
      case 0:
        return `${indent}if (${error}) throw ${error}${end}\n${shown}${rest(indent)}`;
      case 1:
        return `${indent}if (${error}) {\n${inner}${failed}${end}\n${inner}return${end}\n${indent}}\n${shown}${rest(indent)}`;
      case 2:
        return `${indent}if (${error}) return ${failed}${end}\n${shown}${rest(indent)}`;
      case 3:
        return `${indent}if (${error}) {\n${inner}${failed}${end}\n${indent}} else {\n  ${shown}${rest(inner)}${indent}}\n`;
      case 4:
        return `${indent}if (!${error}) {\n  ${shown}${rest(inner)}${indent}}\n`;
      case 5:
        return `${indent}if (${error} !== null) {\n${inner}${failed}${end}\n${rest(inner)}${indent}} else {\n  ${shown}${indent}}\n`;
      // Nobody asks for the error, and there may be values beside it.
      case 6:
        return shown + rest(indent);
      case 7:
        return `${indent}log(${error} && ${error}.code)${end}\n${shown}${rest(indent)}`;
      default:
        return `${indent}log("either ${this.#names++}")${end}\n${rest(indent)}`;
    }
  }
}
