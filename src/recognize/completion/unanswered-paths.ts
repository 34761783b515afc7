import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { contains } from "../../ast/flow.ts";
import { calleeOf, isNothing, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { waysOut, type Exit } from "../../ast/paths.ts";
import { variableOf, writesOf } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { findAll, walk } from "../../ast/walk.ts";
import { ANSWERING_PARAMETER_NAME, ENDING_NAME, HANDING_ON_NAME } from "../../dialects/completion-parameters.ts";
import { callsWithoutReturn } from "../begin-end/no-return.ts";
import type { Context } from "../context.ts";
import type { CompletionFault } from "./completion-fault.ts";
import { parameterName } from "./parameters.ts";
import type { CompletionUses } from "./completion-uses.ts";

/**
 * The places of a function that lead to its end without a call of its completion parameter, told where nothing else can be meant: all calls
 * stand in the function itself, and what decides is no state that the function shares with others.
 */
export function unansweredPathsOf(context: Context, uses: CompletionUses): CompletionFault[] {
  const { calls, fn, name } = uses;
  if (!isBoundToCall(context.source, uses)) return [];
  const ends = new Set([...callsWithoutReturn(context, fn), ...callsThatMayEnd(context.source, fn)]);
  const events = new Set<TSESTree.Node>([...calls.map(({ call }) => call), ...ends]);
  const exits = waysOut<State>(context.source, fn, {
    initial: "none",
    events,
    step: (event, state) => (ends.has(event) ? { next: null, thrown: state } : { next: "once", thrown: "once" }),
    doubt: "inFavour",
  });
  const silent = exits.filter(({ state }) => state === "none");
  const returns = silent.filter(
    (exit) =>
      exit.kind === "return" &&
      isEmptyReturn(exit) &&
      !exits.some((other) => other.node === exit.node && other.state === "once") &&
      isDecidedHere(context.source, fn, exit.node!),
  );
  if (returns.length > 0) return returns.map(({ node }) => ({ kind: "never", node: node!, name }));
  if (silent.length === 0 || silent.some((exit) => exit.kind !== "end" && !isEmptyReturn(exit))) return [];
  const decision = soleDecision(fn, uses);
  return decision === null || !isPrivate(context.source, fn, decision.test)
    ? []
    : [{ kind: "neverElse", node: decision.test, name }];
}

type State = "none" | "once";

/** The calls of a function after which it may not go on, by their names: a test that fails, a program that ends. */
function callsThatMayEnd(source: Source, fn: FunctionNode): readonly TSESTree.Node[] {
  const isEnd = (node: TSESTree.Node): node is TSESTree.CallExpression =>
    node.type === "CallExpression" && ENDING_NAME.test(calleeOf(node)?.name ?? "");
  return findAll(fn.body, source.visitorKeys, isEnd, { intoFunctions: false });
}

function isBoundToCall(source: Source, { calls, calledBy, fn, name }: CompletionUses): boolean {
  // An async function, or a generator, answers by what it gives as well.
  if (fn.async || fn.generator || fn.body.type !== "BlockStatement" || HANDING_ON_NAME.test(name)) return false;
  if (calls.some(({ call }) => enclosingOf(call) !== fn || call.optional)) return false;
  const others = fn.params.map((_, index) => parameterName(fn, index) ?? "");
  if (calledBy === "project" && others.some((each) => ANSWERING_PARAMETER_NAME.test(each))) return false;
  return !isListener(fn) && !usesOtherWays(source, fn);
}

/** Whether a function is given to an emitter: what it does there is not waited for. */
function isListener(fn: FunctionNode): boolean {
  const { parent } = wrapped(fn);
  return (
    parent?.type === "CallExpression" &&
    parent.callee.type === "MemberExpression" &&
    /^(?:on|once|add\w*Listener|prepend\w*Listener|subscribe)$/.test(memberName(parent.callee) ?? "")
  );
}

/** Whether a function has another way to its parameter, or to whom it answers: `arguments`, or a context that takes answers too. */
function usesOtherWays({ visitorKeys }: Source, fn: FunctionNode): boolean {
  let found = false;
  walk(fn.body, visitorKeys, (node) => {
    found ||=
      (node.type === "Identifier" && node.name === "arguments") ||
      (node.type === "MemberExpression" &&
        node.object.type === "Identifier" &&
        /^_*(?:context|ctx)$/.test(node.object.name) &&
        /^(?:done|fail|succeed)$/.test(memberName(node) ?? ""));
    return !found;
  });
  return found;
}

function isEmptyReturn({ kind, node }: Exit<State>): boolean {
  return kind === "return" && node?.type === "ReturnStatement" && (node.argument === null || isNothing(node.argument));
}

/** Whether each condition around a place, up to its function, is decided by nothing but what the function knows itself. */
function isDecidedHere(source: Source, fn: FunctionNode, place: TSESTree.Node): boolean {
  for (let current = place.parent; current && current !== fn; current = current.parent) {
    if (current.type === "BlockStatement" || current.type === "TryStatement" || current.type === "CatchClause")
      continue;
    if (current.type !== "IfStatement" || !isPrivate(source, fn, current.test)) return false;
  }
  return true;
}

/** Whether a condition reads nothing that others change: no member of `this`, no variable around that has several values. */
function isPrivate(source: Source, fn: FunctionNode, test: TSESTree.Node): boolean {
  let isShared = false;
  walk(test, source.visitorKeys, (node) => {
    if (isShared || isFunction(node)) return false;
    if (node.type === "ThisExpression" || node.type === "AssignmentExpression" || node.type === "UpdateExpression")
      isShared = true;
    const variable = node.type === "Identifier" ? variableOf(source, node) : null;
    if (variable !== null && !contains(fn, variable.identifiers[0] ?? fn) && writesOf(variable).length > 1)
      isShared = true;
    return !isShared;
  });
  return !isShared;
}

/** The one condition on which all calls depend. */
function soleDecision(fn: FunctionNode, { calls }: CompletionUses): TSESTree.IfStatement | null {
  const around: TSESTree.IfStatement[] = [];
  for (let current = calls[0]!.call.parent; current && current !== fn; current = current.parent as TSESTree.Node) {
    if (current.type === "IfStatement") around.push(current);
    // What repeats, or may be cut off, is not decided by one condition alone.
    else if (/^(?:While|DoWhile|For|ForIn|ForOf|Switch|Try|Labeled)Statement$/.test(current.type)) around.length = 0;
  }
  return (
    around.find((statement) => {
      const { alternate, consequent, parent } = statement;
      // The last of several cases may be the last there is.
      if (parent.type === "IfStatement" && parent.alternate === statement && alternate === null) return false;
      return [consequent, alternate].some(
        (arm) => arm != null && unwrap(arm).type !== "IfStatement" && calls.every(({ call }) => contains(arm, call)),
      );
    }) ?? null
  );
}
