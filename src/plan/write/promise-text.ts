import { keyName } from "../../ast/names.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import type { OutcomePart, OutcomePlace } from "../../dialects/dialect.ts";
import type { CalledOn } from "../../recognize/operations/operation.ts";
import { partsTold } from "../../recognize/operations/outcome.ts";
import { isTypeScript } from "../call-text.ts";
import type { AwaitDecision } from "../decide/decision.ts";
import { freshNames, namesBeside } from "../names-in.ts";
import { concat, partsOf, type OwnedEdit, type Part, type Text } from "./text.ts";
import { newPromise, promiseLayout, settling, type PromiseLayout } from "./new-promise.ts";
import { argumentRange, calleePart, optionsOf } from "./members.ts";

/** A promise written around the call of an operation, which what it calls back settles. */
export class PromiseText {
  readonly #source: Source;
  readonly #decision: AwaitDecision;
  readonly #layout: PromiseLayout;
  readonly #fresh: (name: string) => string;

  /** @param replaced nodes in the arguments that something else is written for */
  constructor(source: Source, decision: AwaitDecision, indent: string, replaced: readonly TSESTree.Node[]) {
    this.#source = source;
    this.#decision = decision;
    this.#layout = promiseLayout(source, indent);
    const { call, inputs, members } = decision.operation;
    const gone = [...replaced, ...members];
    this.#fresh = freshNames(...[call.callee, ...inputs].map(({ range }) => namesBeside(source, range, gone)));
  }

  /** The promise, and what changes in the arguments that move into it. */
  render(): { readonly parts: readonly Part[]; readonly edits: readonly OwnedEdit[] } {
    const { operation } = this.#decision;
    const { delivery } = operation.form;
    const { end, inner } = this.#layout;
    const statements = delivery.kind === "events" ? this.#listening(delivery) : [this.#started()];
    const settlers = this.#canFail() ? ["resolve", "reject"] : ["resolve"];
    const lines = statements.map((statement) => concat(inner, statement, end));
    const promise = newPromise(this.#layout, this.#type(), settlers.map(this.#fresh), lines);
    return { parts: partsOf(promise), edits: this.#memberEdits() };
  }

  /** What the promise gives, for the compiler. */
  #type(): string {
    if (!isTypeScript(this.#source.filePath)) return "";
    const { operation, values } = this.#decision;
    const [value] = values;
    if (value === undefined) return "<void>";
    if (operation.form.awaited.gives === "value") return `<${value.type ?? "any"}>`;
    return `<{ ${values.map(({ name, type }) => `${name}: ${type ?? "any"}`).join("; ")} }>`;
  }

  #canFail(): boolean {
    return this.#decision.operation.form.outcome.some(({ role }) => role === "error" || role === "status");
  }

  /** The call with functions that settle the promise in the places of those that it was given. */
  #started(): readonly Part[] {
    const { call, form, inputs } = this.#decision.operation;
    const { delivery } = form;
    const settlers = new Map<number, string>();
    if (delivery.kind === "callback") settlers.set(call.arguments.length - 1, this.#settler("either"));
    if (delivery.kind === "functions") {
      settlers.set(delivery.success, this.#settler("success"));
      settlers.set(delivery.failure, this.#settler("failure"));
    }
    const count = Math.max(call.arguments.length, ...[...settlers.keys()].map((index) => index + 1));
    const args = Array.from({ length: count }, (_, index): Part => {
      const settler = settlers.get(index);
      const argument = call.arguments[index];
      if (settler !== undefined || argument === undefined) return settler ?? "undefined";
      return { range: argumentRange(this.#source, call, argument), inside: call, indent: this.#layout.inner };
    });
    // An input that is not there has no place.
    const given = delivery.kind === "callback" && inputs.length === 0 ? args.slice(-1) : args;
    return [
      calleePart(call, this.#layout.inner),
      "(",
      ...given.flatMap((part, index) => (index === 0 ? [part] : [", ", part])),
      ")",
    ];
  }

  /** The object that the call gives, and its events. */
  #listening({ failure, success }: { readonly failure: string; readonly success: string }): Text[] {
    const object = this.#fresh("request");
    return [
      [`const ${object} = `, ...this.#started()],
      `${object}.on${success} = ${this.#settler("success")}`,
      `${object}.on${failure} = ${this.#settler("failure")}`,
    ];
  }

  /** What settles the promise, in the members of an object that is given. */
  #memberEdits(): OwnedEdit[] {
    const { operation } = this.#decision;
    const { delivery } = operation.form;
    const options = optionsOf(operation);
    const last = operation.members.at(-1);
    if (delivery.kind !== "options" || options === null || last === undefined) return [];
    const written = (on: "success" | "failure"): string => `${delivery[on]}: ${this.#settler(on)}`;
    const missing = (["success", "failure"] as const).filter(
      (on) => !operation.members.some((member) => keyName(member) === delivery[on]),
    );
    return operation.members.map((member) => {
      const on = keyName(member) === delivery.success ? "success" : "failure";
      const texts = [written(on), ...(member === last ? missing.map(written) : [])];
      return { owner: operation, range: member.range, parts: [texts.join(", ")] };
    });
  }

  /** A function that settles the promise by what it is told. */
  #settler(on: CalledOn): string {
    const parts = partsTold(this.#decision.operation, on);
    const resolve = this.#fresh("resolve");
    const reject = this.#fresh("reject");
    const error = parts.find(({ role }) => role === "error");
    const status = parts.find(({ role }) => role === "status");
    if (on === "failure") {
      if (error !== undefined && this.#isFirst(error)) return reject;
      const used = error === undefined ? [] : [error];
      return `${this.#parameters(used)} => ${reject}(${error === undefined ? "" : this.#read(error)})`;
    }
    const values = this.#valueParts();
    const [value] = values;
    const isAlone = this.#decision.operation.form.awaited.gives === "value";
    const given = value === undefined ? "" : isAlone ? this.#read(value) : this.#members(values);
    if (on === "success" || (error === undefined && status === undefined))
      return value !== undefined && isAlone && this.#isFirst(value)
        ? resolve
        : `${this.#parameters(values)} => ${resolve}(${given})`;
    const failed = status?.role === "status" ? `${this.#read(status)} === ${status.failed.path}` : this.#read(error!);
    const used = [error, status].filter((part) => part !== undefined);
    const { deeper, inner, newline } = this.#layout;
    const failure = { test: failed, reason: error === undefined ? "" : this.#read(error) };
    return [
      `${this.#parameters([...used, ...values])} => {`,
      ...settling(this.#layout, { resolve, reject }, [failure], given).map((line) => deeper + line),
      `${inner}}`,
    ].join(newline);
  }

  #members(values: readonly OutcomePart[]): string {
    return `{ ${values.map((part) => this.#member(part)).join(", ")} }`;
  }

  #member(part: OutcomePart): string {
    const name = part.role === "value" ? part.name : part.role;
    const read = this.#read(part);
    return name === read ? name : `${name}: ${read}`;
  }

  /** The values that the code uses. */
  #valueParts(): OutcomePart[] {
    const used = new Set(this.#decision.values.map(({ name }) => name));
    return this.#decision.operation.form.outcome.filter((part) => part.role === "value" && used.has(part.name));
  }

  /** Whether a part is the first parameter, so that what settles the promise may be given as it is. */
  #isFirst({ at: [place] }: OutcomePart): boolean {
    return place?.in === "parameter" && place.index === 0 && place.member === undefined;
  }

  #read(part: OutcomePart): string {
    const [place] = part.at as [OutcomePlace];
    switch (place.in) {
      case "global":
        return place.path;
      case "object":
        return `${this.#fresh("request")}.${place.member}`;
      case "parameter":
        return place.member === undefined ? this.#parameterName(part) : `${this.#fresh("result")}.${place.member}`;
    }
  }

  #parameterName(part: OutcomePart): string {
    return this.#fresh(part.role === "value" ? part.name : part.role);
  }

  /** The parameters that these parts take, with those before them. */
  #parameters(parts: readonly OutcomePart[]): string {
    const names: string[] = [];
    for (const part of parts) {
      const [place] = part.at as [OutcomePlace];
      if (place.in !== "parameter") continue;
      names[place.index] = place.member === undefined ? this.#parameterName(part) : this.#fresh("result");
    }
    return `(${Array.from(names, (name, index) => name ?? `_${index}`).join(", ")})`;
  }
}
