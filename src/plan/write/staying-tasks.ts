import { isFunction } from "../../ast/functions.ts";
import { moduleMemberOf } from "../../ast/modules.ts";
import { calleeOf, unwrap } from "../../ast/names.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import { isStaying } from "../completion/task-answers.ts";
import { isConstant } from "../purity.ts";
import type { ComposedText, Naming } from "./composed-text.ts";
import type { Part } from "./text.ts";

/** Writes calls of functions that stay as they are and are given a callback: a promise is made of what they tell that. */
export class StayingTasks {
  readonly #source: Source;
  readonly #composed: ComposedText;
  readonly #naming: Naming;
  readonly #promisify: string;
  readonly #end: string;
  /** The variables that hold functions, by the places of those. */
  readonly #held = new Map<number, string>();

  #names: readonly [resolve: string, reject: string, error: string] | null = null;

  /** @param promisify the name of `util.promisify` in the file */
  constructor(source: Source, composed: ComposedText, naming: Naming, promisify: string, end: string) {
    this.#source = source;
    this.#composed = composed;
    this.#naming = naming;
    this.#promisify = promisify;
    this.#end = end;
  }

  /** The declarations of variables for functions that have to be known before any of them is called, or that are called more than once. */
  hold(indent: string): Part[][] {
    const { form, tasks } = this.#composed.composition;
    return tasks.flatMap((task, index): Part[][] => {
      const isMany = form.over !== "tasks";
      if (!isStaying(task) || !this.#isPromisified(index)) return [];
      if (!isMany && (index === 0 || this.#isSteady(index))) return [];
      const name = this.#naming.fresh([isMany ? "step" : "task"]);
      const made = this.#promisified(index, indent);
      this.#held.set(index, name);
      return [[`const ${name} = `, ...made, this.#end]];
    });
  }

  /** Whether something has to be declared before the calls. */
  get isHolding(): boolean {
    const { form, tasks } = this.#composed.composition;
    return tasks.some(
      (task, index) => isStaying(task) && (form.over !== "tasks" || (index > 0 && !this.#isSteady(index))),
    );
  }

  /**
   * A promise of what a function tells its callback.
   *
   * @param values what it is given before that
   * @param isList whether the promise is one of all values in a list
   */
  call(index: number, values: readonly string[], indent: string, isList: boolean): Part[] {
    const { given } = this.#composed.composition.tasks[index]!.called;
    const held = this.#held.get(index);
    const all = [...given.map((each): Part[] => [this.#text(each, indent)]), ...values.map((each): Part[] => [each])];
    if (!isList && (held !== undefined || this.#isPromisified(index))) {
      const text: readonly Part[] = held === undefined ? this.#promisified(index, indent) : [held];
      return [...text, "(", ...separated(held === undefined ? all : values.map((each): Part[] => [each])), ")"];
    }
    const [resolve, reject, error] = this.#own();
    const value = isList ? "...values" : "value";
    const callback = `(${error}, ${value}) => (${error} ? ${reject}(${error}) : ${resolve}(${isList ? "values" : value}))`;
    return [
      `new Promise((${resolve}, ${reject}) => `,
      ...this.#called(index, indent),
      "(",
      ...separated([...all, [callback]]),
      "))",
    ];
  }

  /** What the functions around a callback call their parameters. */
  #own(): readonly [resolve: string, reject: string, error: string] {
    const fresh = (name: string): string => this.#naming.fresh([name]);
    return (this.#names ??= [fresh("resolve"), fresh("reject"), fresh("error")]);
  }

  #called(index: number, indent: string): Part[] {
    const { callee } = this.#composed.composition.tasks[index]!.called;
    const text = this.#text(callee, indent);
    return isFunction(unwrap(callee)) ? ["(", text, ")"] : [text];
  }

  /** What `promisify` makes of a function; with what that is given before all else, where it is held. */
  #promisified(index: number, indent: string): Part[] {
    return [`${this.#promisify}(`, this.#text(this.#composed.composition.tasks[index]!.called.callee, indent), ")"];
  }

  #text({ range }: TSESTree.Node, indent: string): Part {
    return { range, inside: this.#composed.operation.call, indent };
  }

  /** Whether what `promisify` gives goes by the callback: functions of modules may have a promise of their own for it. */
  #isPromisified(index: number): boolean {
    const { called } = this.#composed.composition.tasks[index]!;
    const callee = unwrap(called.callee);
    if (callee.type !== "MemberExpression" && callee.type !== "Identifier") return true;
    return called.fn !== null || moduleMemberOf(this.#source, callee) === null;
  }

  /** Whether a function, and what it is given, are the same whatever is called before. */
  #isSteady(index: number): boolean {
    const { called } = this.#composed.composition.tasks[index]!;
    return (
      this.#isSteadyFunction(unwrap(called.callee)) && called.given.every((each) => this.#isSteadyValue(unwrap(each)))
    );
  }

  #isSteadyFunction(node: TSESTree.Node): boolean {
    if (isFunction(node) || isConstant(this.#source, node)) return true;
    if (node.type === "MemberExpression") return !node.computed && isConstant(this.#source, node.object);
    if (node.type !== "CallExpression") return false;
    const receiver = calleeOf(node)?.receiver;
    return (
      receiver != null &&
      this.#isSteadyFunction(unwrap(receiver)) &&
      node.arguments.every((each) => this.#isSteadyValue(unwrap(each)))
    );
  }

  #isSteadyValue(node: TSESTree.Node): boolean {
    return isFunction(node) || isConstant(this.#source, node);
  }
}

function separated(parts: readonly (readonly Part[])[]): Part[] {
  return parts.flatMap((each, index): Part[] => (index === 0 ? [...each] : [", ", ...each]));
}
