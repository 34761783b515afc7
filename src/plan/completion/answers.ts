import { globalPathOf } from "../../ast/globals.ts";
import { isNothing, unwrap } from "../../ast/names.ts";
import { onlyValueOf, variableOf } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { isFunction } from "../../ast/functions.ts";
import type { CompletionSite } from "../../recognize/completion/completion-sites.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import type { CompletionDecision } from "../decide/completion.ts";
import type { Answered } from "./promised-signature.ts";

/** Whether a value may be `undefined`, and whether it may be `null`. */
type Absence = Pick<Answered, "mayBeMissing" | "mayBeNull">;

const PRESENT: Absence = { mayBeMissing: false, mayBeNull: false };
const UNKNOWN: Absence = { mayBeMissing: true, mayBeNull: true };

/** Globals whose calls give no `undefined`, nor anything that its type says may be one. */
const GIVING: ReadonlySet<string> = new Set(
  "JSON.parse String Number Boolean parseInt parseFloat Object.keys Object.entries Object.values Array.from Date.now".split(
    " ",
  ),
);

/** What is known of a function and of what it answers with. */
export interface Answering {
  readonly context: Context;
  readonly decision: CompletionDecision;
  /** The operations of its file by what they call back. */
  readonly byCallback: ReadonlyMap<FunctionNode, DescribedOperation>;
}

/** Tells what functions of the project answer with, one on top of another. */
export class Answers {
  readonly #known = new Map<CompletionSite, Answered>();
  readonly #of: (site: CompletionSite) => Answering | null;
  readonly #ownerOf: ReadonlyMap<DescribedOperation, CompletionSite>;

  /** @param ownerOf the functions that calls of the project's own functions call */
  constructor(
    of: (site: CompletionSite) => Answering | null,
    ownerOf: ReadonlyMap<DescribedOperation, CompletionSite>,
  ) {
    this.#of = of;
    this.#ownerOf = ownerOf;
  }

  of(site: CompletionSite): Answered {
    const known = this.#known.get(site);
    if (known !== undefined) return known;
    // What calls itself answers with what it is given by others.
    this.#known.set(site, { ...PRESENT, hasValue: false });
    const answering = this.#of(site);
    const found = answering === null ? { ...UNKNOWN, hasValue: true } : this.#found(answering);
    this.#known.set(site, found);
    return found;
  }

  #found(answering: Answering): Answered {
    const { calls, passedOn } = answering.decision;
    const told = calls.flatMap(({ outcome }) =>
      outcome.kind === "done" || (outcome.kind === "error" && (outcome.isSure || outcome.value === null))
        ? []
        : [outcome.value],
    );
    const all = [
      ...told.map((value) => (value === null ? { mayBeMissing: true, mayBeNull: false } : this.#at(answering, value))),
      ...passedOn.filter(givesValue).map((operation) => this.#given(operation)),
    ];
    return {
      hasValue: told.some((value) => value !== null) || passedOn.some((each) => this.#hasValue(each)),
      ...either(all),
    };
  }

  #hasValue(operation: DescribedOperation): boolean {
    const owner = this.#ownerOf.get(operation);
    return owner === undefined ? givesValue(operation) : this.of(owner).hasValue;
  }

  /** What an operation gives behind its error. */
  #given(operation: DescribedOperation): Absence {
    const owner = this.#ownerOf.get(operation);
    return owner === undefined ? { mayBeMissing: false, mayBeNull: true } : this.of(owner);
  }

  #at(answering: Answering, expression: TSESTree.Node): Absence {
    if (isNothing(expression)) {
      const isNull = unwrap(expression).type === "Literal";
      return { mayBeMissing: !isNull, mayBeNull: isNull };
    }
    const value = unwrap(expression);
    switch (value.type) {
      case "Literal":
      case "TemplateLiteral":
      case "ObjectExpression":
      case "ArrayExpression":
      case "NewExpression":
      case "ArrowFunctionExpression":
      case "FunctionExpression":
      case "BinaryExpression":
      case "UpdateExpression":
      case "UnaryExpression":
        return PRESENT;
      case "ConditionalExpression":
        return either([this.#at(answering, value.consequent), this.#at(answering, value.alternate)]);
      case "LogicalExpression":
        return value.operator === "&&" ? UNKNOWN : this.#at(answering, value.right);
      case "Identifier":
        return this.#ofName(answering, value);
      case "CallExpression":
        return GIVING.has(globalPathOf(answering.context.source, value.callee) ?? "")
          ? PRESENT
          : checked(answering.context, value);
      default:
        return checked(answering.context, value);
    }
  }

  #ofName(answering: Answering, name: TSESTree.Identifier): Absence {
    const { byCallback, context } = answering;
    const variable = variableOf(context.source, name);
    const [definition] = variable?.defs ?? [];
    const fn = definition?.node as TSESTree.Node | undefined;
    const operation =
      String(definition?.type) === "Parameter" && isFunction(fn) && fn.params[0] !== definition?.name
        ? byCallback.get(fn)
        : undefined;
    if (operation !== undefined && this.#ownerOf.has(operation)) return this.#given(operation);
    const known = checked(context, name);
    if (known !== UNKNOWN) return known;
    if (operation !== undefined) return this.#given(operation);
    const only = variable === null ? null : onlyValueOf(variable);
    return only === null ? UNKNOWN : this.#at(answering, only);
  }
}

/** What the checker sees of a value. */
function checked(context: Context, value: TSESTree.Node): Absence {
  const type = context.types?.textOf(value) ?? null;
  if (type === null) return UNKNOWN;
  const parts = type.split(" | ");
  return { mayBeMissing: parts.includes("undefined"), mayBeNull: parts.includes("null") };
}

function either(all: readonly Absence[]): Absence {
  return {
    mayBeMissing: all.some(({ mayBeMissing }) => mayBeMissing),
    mayBeNull: all.some(({ mayBeNull }) => mayBeNull),
  };
}

function givesValue({ form }: DescribedOperation): boolean {
  return form.outcome.some(({ role }) => role === "value");
}
