import { enclosingOf } from "../../ast/functions.ts";
import { lineBreakOf } from "../../ast/lines.ts";
import { unwrap, wrapped } from "../../ast/names.ts";
import { isTypeScript } from "../call-text.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { isWithin, type AwaitDecision } from "../decide/decision.ts";
import { indentUnitOf, semicolon } from "../layout.ts";
import { NO_EDITS, type AwaitedCall } from "./awaited-call.ts";
import type { OwnedEdit, Part } from "./text.ts";
import type { ValueNames } from "./value-names.ts";

/** The operations of a file that are awaited together: what follows them, and the lists that hold their promises. */
export class JoinLists {
  readonly #wholes: readonly AwaitDecision[];
  readonly #names = new Map<AwaitDecision, string>();

  constructor(decisions: readonly AwaitDecision[]) {
    this.#wholes = decisions.filter(({ join }) => join !== undefined);
  }

  /** What stands for several operations that a place comes to follow; `null` where it is in no such code. */
  before(place: TSESTree.Node): AwaitDecision | null {
    return (
      this.#wholes.find(
        ({ join, success }) => isWithin(success, place) && enclosingOf(place) === enclosingOf(join!.finish[0]!),
      ) ?? null
    );
  }

  /** What stands for several operations of which one gives its promise to a list; itself for what does so. */
  wholeOf(decision: AwaitDecision): AwaitDecision | null {
    if (decision.join !== undefined) return decision;
    if (decision.joined !== "pushed") return null;
    return this.#wholes.find(({ join }) => join!.starts.includes(decision.place)) ?? null;
  }

  /** The name of the list that holds the promises of some operations, by one of those or by what stands for all. */
  nameFor(decision: AwaitDecision, names: ValueNames): string | null {
    const whole = this.wholeOf(decision);
    if (whole?.join?.loop == null) return null;
    let name = this.#names.get(whole);
    if (name === undefined)
      this.#names.set(whole, (name = names.fresh(whole, ["pending", "promises"], whole.join.loop)));
    return name;
  }
}

/**
 * Writes a promise for operations that are started side by side.
 *
 * @param list the name of the list that holds their promises, where they are started in a loop
 */
export function joinedCall(
  source: Source,
  { join, operation }: AwaitDecision,
  list: string | null,
  indent: string,
): AwaitedCall {
  const { direct, each, loop, round, starts } = join!;
  if (each !== null) {
    const member = unwrap(each.callee) as TSESTree.MemberExpression;
    const items: Part = { range: [each.callee.range[0], member.property.range[0]], inside: each, indent };
    return {
      ...NO_EDITS,
      parts: ["Promise.all(", items, "map(", ...mapped(source, round!, direct, each, indent), "))"],
    };
  }
  if (loop === null) {
    const newline = lineBreakOf(source.text);
    const inner = indent + indentUnitOf(source.text);
    const lines = starts.flatMap((start): Part[] => [
      newline + inner,
      { range: start.range, inside: expressionOf(start), indent: inner },
      ",",
    ]);
    return { ...NO_EDITS, parts: ["Promise.all([", ...lines, `${newline}${indent}])`] };
  }
  const end = semicolon(source);
  const type = isTypeScript(source.filePath) ? ": Promise<unknown>[]" : "";
  const setup: Part[][] = [[`const ${list!}${type} = []${end}`], [{ range: loop.range, inside: loop, indent }]];
  return {
    parts: [`Promise.all(${list!})`],
    imported: null,
    setup,
    edits: called(operation, starts, round, list!, end),
  };
}

/** What is given to `map`. */
function mapped(
  { text }: Source,
  round: FunctionNode,
  direct: TSESTree.Node | null,
  each: TSESTree.CallExpression,
  indent: string,
): Part[] {
  if (direct === null) return ["async ", { range: round.range, inside: each, indent }];
  const [first, last] = [round.params[0], round.params.at(-1)];
  const parameters = first === undefined ? "" : text.slice(first.range[0], last!.range[1]);
  return [`(${parameters}) => `, { range: direct.range, inside: expressionOf(direct), indent }];
}

/** A function that is called at once in each round gives a promise to the list. */
function called(
  owner: object,
  [start]: readonly TSESTree.Node[],
  round: FunctionNode | null,
  list: string,
  end: string,
): OwnedEdit[] {
  if (round === null || start === undefined) return [];
  const statement = wrapped(start).parent!;
  return [
    {
      owner,
      range: statement.range,
      parts: [`${list}.push(`, { range: start.range, inside: start, indent: null }, `)${end}`],
    },
    { owner, range: [round.range[0], round.range[0]], parts: ["async "] },
  ];
}

/** What a statement is that becomes a part of an expression. */
function expressionOf(place: TSESTree.Node): TSESTree.Node {
  if (place.type === "ExpressionStatement") return place.expression;
  return place.type === "ReturnStatement" && place.argument !== null ? place.argument : place;
}
