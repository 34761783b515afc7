import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { isNothing, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { parameterVariable, variableOf, writesOf } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { commentsIn } from "../layout.ts";
import type { TextEdit } from "../types.ts";

/*
 * `loading.then(show).catch(fail)`: what is told to a completion parameter in the functions of such a chain may be returned and thrown in them, and
 * the chain itself returned, where that comes to the same.
 */

const LINKS: ReadonlySet<string> = new Set(["then", "catch", "finally"]);

/** A call in a chain, and what it is given for a success, for a failure and for either. */
export interface ChainLink {
  readonly call: TSESTree.CallExpression;
  readonly success: TSESTree.Node | null;
  readonly failure: TSESTree.Node | null;
  readonly always: TSESTree.Node | null;
}

/** The whole chain of which a node is one of the functions, or in one of them; `null` where it is in none. */
export function chainAround(node: TSESTree.Node): TSESTree.CallExpression | null {
  const own = linkGiven(wrapped(node));
  const unit = enclosingOf(node);
  const link = own ?? (isFunction(unit) ? linkGiven(wrapped(unit)) : null);
  if (link === null) return null;
  let last = link;
  for (;;) {
    const member = wrapped(last).parent;
    const next = member?.type === "MemberExpression" && member.object === wrapped(last) ? member.parent : undefined;
    if (next?.type !== "CallExpression" || !isLink(next)) return last;
    last = next;
  }
}

/** The calls of a chain, the first of them first; `null` where they cannot all be told apart. */
export function linksOf(chain: TSESTree.CallExpression): readonly ChainLink[] | null {
  const found: ChainLink[] = [];
  for (let call: TSESTree.Node = chain; call.type === "CallExpression" && isLink(call);) {
    if (call.arguments.some(({ type }) => type === "SpreadElement")) return null;
    const given = call.arguments.map((each) => (isNothing(each as TSESTree.Expression) ? null : unwrap(each)));
    const [first = null, second = null] = given;
    const callee = unwrap(call.callee) as TSESTree.MemberExpression;
    const none = { call, success: null, failure: null, always: null };
    const name = memberName(callee);
    if (given.length > (name === "then" ? 2 : 1)) return null;
    found.unshift(
      name === "then"
        ? { ...none, success: first, failure: second }
        : { ...none, [name === "catch" ? "failure" : "always"]: first },
    );
    call = unwrap(callee.object);
  }
  return found;
}

/** Takes a function for failures out of a link, and the link where it has no other; `null` where a comment would go as well. */
export function withoutFailure(source: Source, { call, failure, success }: ChainLink): TextEdit | null {
  const { object } = unwrap(call.callee) as TSESTree.MemberExpression;
  const from = success === null ? object.range[1] : call.arguments[0]!.range[1];
  const to = success === null ? call.range[1] : wrapped(failure!).range[1];
  // What stands in parentheses ends behind those.
  const start = success === null ? source.text.indexOf(".", from) : source.text.indexOf(",", from);
  const begin = success === null ? source.text.slice(0, start).trimEnd().length : start;
  return commentsIn(source, [from, to]).length > 0 ? null : { range: [begin, to], text: "" };
}

/** Whether a name is what a function is given for an error, and nothing else. */
export function isFailureOf(source: Source, fn: FunctionNode, error: TSESTree.Node): boolean {
  const named = unwrap(error);
  const variable = named.type === "Identifier" ? variableOf(source, named) : null;
  return variable !== null && variable === parameterVariable(source, fn, 0) && writesOf(variable).length === 0;
}

function linkGiven(argument: TSESTree.Node): TSESTree.CallExpression | null {
  const { parent } = argument;
  const isGiven = parent?.type === "CallExpression" && parent.arguments.includes(argument as TSESTree.Expression);
  return isGiven && isLink(parent) ? parent : null;
}

function isLink({ callee, optional }: TSESTree.CallExpression): boolean {
  const member = unwrap(callee);
  return !optional && member.type === "MemberExpression" && !member.optional && LINKS.has(memberName(member) ?? "");
}
