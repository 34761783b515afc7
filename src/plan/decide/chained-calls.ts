import { enclosingOf, isFunction } from "../../ast/functions.ts";
import { isNothing, unwrap } from "../../ast/names.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { OWN_SIGNALS } from "../../dialects/completion-parameters.ts";
import type { CompletionSite } from "../../recognize/completion/completion-sites.ts";
import type { Context } from "../../recognize/context.ts";
import { alwaysTells } from "../completion/telling-paths.ts";
import type { TextEdit } from "../types.ts";
import type { CompletionCall } from "./completion-calls.ts";
import { lastPlaceOf } from "./completion-places.ts";
import { obstacle, type Obstacle } from "./decision.ts";
import { isFailureOf, linksOf, withoutFailure, type ChainLink } from "./promise-chains.ts";

/** What a chain of promises tells a completion parameter. */
export interface ChainedUses {
  /** The calls in its functions, and the chain itself, which is returned from now on. */
  readonly calls: readonly CompletionCall[];
  /** What takes the parameter out of it where that is called for a failure. */
  readonly edits: readonly TextEdit[];
}

/**
 * Finds whether a chain may be returned in the place of what its functions tell a completion parameter. One of them tells the answer, and nothing is
 * behind it but what follows a failure; an error that is told is thrown, so nothing behind it may catch that.
 *
 * @param given where the completion parameter itself is given to the chain
 * @param told the calls of it in functions of the chain
 */
export function chainedUses(
  context: Context,
  { host }: CompletionSite,
  chain: TSESTree.CallExpression,
  given: readonly TSESTree.Node[],
  told: readonly CompletionCall[],
): ChainedUses | Obstacle {
  const { source } = context;
  const links = linksOf(chain);
  const last = lastPlaceOf(chain, true);
  const [place] = [...given, ...told.map(({ call }) => call)];
  if (links === null || last === null) return obstacle("completion-not-last", place!);
  const isTold = (node: TSESTree.Node | null): boolean =>
    node !== null && (given.includes(node) || told.some(({ unit }) => unit === node));
  const at = links.findLastIndex(({ success }) => isTold(success));
  const behind = links.slice(at + 1);
  const isAnswered = at >= 0 && links.filter(({ success }) => isTold(success)).length === 1;
  const isEarly = links.slice(0, Math.max(at, 0)).some(({ always, failure }) => isTold(always) || isTold(failure));
  if (
    !isAnswered ||
    isEarly ||
    behind.some(({ success }) => success !== null) ||
    links.some(({ always }) => isTold(always))
  )
    return obstacle("completion-passed-on", place!);
  const answering = links[at]!.success!;
  if (given.includes(answering) || !isFunction(answering)) return obstacle("completion-passed-on", answering);
  const failing = [
    ...(links[at]!.failure === null ? [] : [links[at]!]),
    ...behind.filter(({ failure }) => failure !== null),
  ];
  // What is not caught ends the program; what a caller throws when it is called back would come to it once more, or to nobody.
  const [first] = failing;
  if (host === null && first === undefined) return obstacle("completion-not-told", place!);
  if (host === null && (failing.length > 1 || behind.length > 0 || !isTold(first!.failure)))
    return obstacle("completion-not-last", place!);
  const throwing = (node: TSESTree.Node): boolean =>
    given.includes(node) || told.some(({ outcome, unit }) => unit === node && outcome.kind === "error");
  const caught = [links[at]!, ...behind].find(
    (link, index, all) =>
      [link.success, link.failure].some((each) => each !== null && throwing(each)) &&
      all.slice(index + 1).some(({ failure }) => failure !== null && !given.includes(failure)),
  );
  if (caught !== undefined) return obstacle("completion-not-last", place!);
  const telling = { calls: new Map(told.map((call) => [call.place, call] as const)), awaited: new Map() };
  const needed = host?.signals ?? OWN_SIGNALS;
  const silent = [answering, ...failing.map(({ failure }) => failure!)].find(
    (node) =>
      !given.includes(node) &&
      !(isFunction(node) && isTold(node) && alwaysTells(telling, node.body)) &&
      (node === answering || needed.isAwaited || !isFunction(node) || isTold(node) || gives(context, node)),
  );
  if (silent !== undefined) return obstacle("completion-not-told", silent);
  const edits = failing.filter(({ failure }) => given.includes(failure!)).map((link) => withoutFailure(source, link));
  if (edits.includes(null)) return obstacle("completion-unclear", place!);
  const sure = told.map((call) => withSureError(context, call, failing));
  const answer = {
    call: chain,
    outcome: { kind: "answer", value: chain },
    isDeferred: true,
    unit: null,
    ...last,
  } as const;
  return { calls: [...sure, answer], edits: edits as TextEdit[] };
}

/** Whether a function for failures gives a value, which would become the answer. */
function gives({ source }: Context, fn: FunctionNode): boolean {
  if (fn.body.type !== "BlockStatement") return !/^console\./u.test(source.text.slice(...fn.body.range));
  const isReturn = (node: TSESTree.Node): node is TSESTree.ReturnStatement => node.type === "ReturnStatement";
  return findAll(fn.body, source.visitorKeys, isReturn).some(
    (node) => enclosingOf(node) === fn && node.argument !== null && !isNothing(node.argument),
  );
}

/** A call that tells the error that the function around it is given for a failure. */
function withSureError({ source }: Context, call: CompletionCall, failing: readonly ChainLink[]): CompletionCall {
  const { outcome, unit } = call;
  if (outcome.kind !== "error" || outcome.error === null || unit === null) return call;
  const isFailure = failing.some(({ failure }) => failure === unit) && isFailureOf(source, unit, unwrap(outcome.error));
  return isFailure ? { ...call, outcome: { ...outcome, isSure: true } } : call;
}
