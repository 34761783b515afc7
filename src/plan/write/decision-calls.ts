import { textOf, type Source, type TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { isAtEnd, isLastIn } from "../decide/completion-ends.ts";
import type { AwaitDecision } from "../decide/decision.ts";
import { handleOf, takesHandle } from "../decide/places.ts";
import { semicolon } from "../layout.ts";
import type { NameSource } from "../naming.ts";
import type { AwaitText } from "./await-text.ts";
import { awaitedCall, NO_EDITS, type AwaitedCall } from "./awaited-call.ts";
import { composedCall, type Composing } from "./composed-call.ts";
import type { Naming } from "./composed-text.ts";
import { boundName, importOf, type Imported, type Imports } from "./imports.ts";
import { joinedCall } from "./joined-call.ts";
import { againText, loopText } from "./repeat-text.ts";
import type { Part } from "./text.ts";

const NO_CALL: AwaitedCall = { ...NO_EDITS, parts: [] };
/** What waits for a time, and what it may be called beside the global of its name. */
const TIMER = { module: "timers/promises", name: "setTimeout", locals: ["delay", "sleep"] } as const;

/** What is awaited in the places of the calls of a file, and the statements that it is awaited in. */
export class DecisionCalls {
  readonly #context: Context;
  readonly #source: Source;
  readonly #names: NameSource;
  readonly #composing: Composing;
  readonly #imports: Imports = new Map();

  constructor(context: Context, names: NameSource, composing: Composing) {
    this.#context = context;
    this.#source = context.source;
    this.#names = names;
    this.#composing = composing;
  }

  /**
   * What is awaited in the place of a call; `null` where the file has no place from which to import what it needs.
   *
   * @param list the name of the list that holds promises, where there is one
   * @param replaced nodes in the arguments that something else is written for
   */
  callOf(
    decision: AwaitDecision,
    text: AwaitText,
    list: string | null,
    naming: Naming,
    replaced: readonly TSESTree.Node[],
  ): AwaitedCall | null {
    const { again, join, operation, repeat } = decision;
    if (join !== undefined) return joinedCall(this.#source, decision, list, text.callIndent);
    if (repeat !== undefined) return NO_CALL;
    if (again !== undefined) return again.delay === null ? NO_CALL : this.#timer(again.beside);
    const composed = this.#composing.of(operation);
    if (composed !== null)
      return composedCall(this.#source, decision, composed, () => this.#promisify(decision), { naming, text });
    const call = awaitedCall(this.#context, this.#names, this.#imports, decision, text.callIndent, replaced);
    return call !== null && takesHandle(decision.place, operation) ? this.#withHandle(decision, call, naming) : call;
  }

  /** The promise has a name, and what the call returned is a member of it. */
  #withHandle({ operation, place }: AwaitDecision, call: AwaitedCall, { fresh }: Naming): AwaitedCall {
    const { declarations, kind } = place as TSESTree.VariableDeclaration;
    const name = fresh(["running", "promise"]);
    const end = semicolon(this.#source);
    const handle = `${kind} ${textOf(this.#source, declarations[0].id)} = ${name}.${handleOf(operation.form)!}${end}`;
    return { ...call, parts: [name], setup: [[`const ${name} = `, ...call.parts, end], [handle]] };
  }

  #promisify({ operation }: AwaitDecision): Imported | null {
    const util = boundName(this.#source, "util", null);
    if (util !== null) return { name: `${util}.promisify`, edit: null };
    return importOf(this.#source, this.#names, this.#imports, operation, { module: "util", name: "promisify" });
  }

  #timer(beside: DescribedOperation): AwaitedCall | null {
    const found = importOf(this.#source, this.#names, this.#imports, beside, TIMER);
    return found === null ? null : { parts: [found.name], imported: found.edit, edits: [] };
  }

  /**
   * The text in the place of a call; `null` where a name in it would mean something else.
   *
   * @param all what is awaited in the file
   */
  partsOf(
    decision: AwaitDecision,
    text: AwaitText,
    call: AwaitedCall,
    naming: Naming,
    all: readonly AwaitDecision[],
  ): Part[] | null {
    const { again, place, repeat } = decision;
    if (repeat !== undefined) return loopText(this.#source, decision, repeat, naming.take);
    if (again === undefined) return text.parts(call);
    const hasOthers = again.delay !== null || again.given.length > 0;
    const isLast = hasOthers ? isAtEnd(again.fn, place, all) : isLastIn(again.fn, place, place, all);
    return text.placed(againText(this.#source, decision, again, call.parts, isLast));
  }
}
