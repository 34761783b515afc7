import { isFunction } from "../../ast/functions.ts";
import { dottedName, memberName, unwrap, wrapped } from "../../ast/names.ts";
import { variableOf } from "../../ast/scopes.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import { walk } from "../../ast/walk.ts";
import { IS_COMPLETED_MEMBERS, WAIT_HANDLE_MEMBERS } from "../../dialects/apm.ts";
import { WAIT_ONE_MEMBERS } from "../../dialects/tap.ts";
import type { Context } from "../../recognize/context.ts";
import type { HandleUse } from "../../recognize/begin-end/operation.ts";
import { isPlainDelay } from "./delays.ts";
import type { RefusalCode } from "../codes.ts";
import { mayYield, type PollLoop } from "./poll-loops.ts";
import { pollGroup, waitGroup } from "./wait-groups.ts";
import type { WaitGroup } from "./wait-group.ts";

/** A statement that does nothing but wait for a handle, or why a use of the handle is more than that. */
export type HandleWait =
  | { readonly kind: "wait"; readonly statement: TSESTree.Statement }
  /** `handle.AsyncWaitHandle.Close()`: releases what a promise does not hold. */
  | { readonly kind: "release"; readonly statement: TSESTree.Statement }
  /** A wait with a time-out or for several handles. */
  | { readonly kind: "group"; readonly group: WaitGroup; readonly member: TSESTree.Node }
  /** A loop that works while it polls, and is to yield. */
  | { readonly kind: "poll"; readonly poll: PollLoop }
  | { readonly kind: "refusal"; readonly code: RefusalCode; readonly node: TSESTree.Node; readonly name: string };

const RELEASES: ReadonlySet<string> = new Set(["Close", "close", "Dispose", "dispose"]);

/** Reads a use of a handle's member as a wait: a polling loop, or `AsyncWaitHandle.WaitOne()`. */
export function handleWait(
  context: Context,
  use: Extract<HandleUse, { kind: "member" }>,
  name: string,
  yieldInPolls = false,
): HandleWait {
  const refusal = (code: RefusalCode, refusedName = name): HandleWait => ({
    kind: "refusal",
    code,
    node: use.member,
    name: refusedName,
  });
  if (WAIT_HANDLE_MEMBERS.has(use.name)) return waitHandleUse(context, use.member, refusal, use.name);
  if (!IS_COMPLETED_MEMBERS.has(use.name)) return refusal("handle-member-read", use.name);
  const loop = pollingLoop(use.member);
  if (loop === null) {
    const group = pollGroup(use.member, (body) => isIdle(context.source, body));
    return group === null ? refusal("handle-member-read", use.name) : { kind: "group", group, member: use.member };
  }
  if (isIdle(context.source, loop.body)) return { kind: "wait", statement: loop };
  const poll = { loop, read: use.member };
  return yieldInPolls && mayYield({ context }, poll) ? { kind: "poll", poll } : refusal("work-in-poll-loop");
}

function waitHandleUse(
  context: Context,
  member: TSESTree.MemberExpression,
  refusal: (code: RefusalCode, name?: string) => HandleWait,
  name: string,
): HandleWait {
  const access = wrapped(member).parent;
  const method = access?.type === "MemberExpression" ? memberName(access) : null;
  const call = access === undefined || method === null ? null : wrapped(access).parent;
  const group = waitGroup(context, member);
  if (call?.type !== "CallExpression" || method === null)
    return group === null ? refusal("handle-member-read", name) : { kind: "group", group, member };
  const statement = wrapped(call).parent;
  if (RELEASES.has(method) && statement?.type === "ExpressionStatement") return { kind: "release", statement };
  if (!WAIT_ONE_MEMBERS.has(method)) return refusal("handle-member-read", name);
  if ((call.arguments.length > 0 && group?.milliseconds !== null) || statement?.type !== "ExpressionStatement")
    return group === null ? refusal("wait-with-time-out") : { kind: "group", group, member };
  return { kind: "wait", statement };
}

type PollingLoop = TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement;

/** The loop whose whole condition is "not completed yet". */
function pollingLoop(member: TSESTree.MemberExpression): PollingLoop | null {
  let condition: TSESTree.Node = wrapped(member);
  let isNegated = false;
  for (;;) {
    const parent: TSESTree.Node | undefined = condition.parent;
    if (parent?.type === "UnaryExpression" && parent.operator === "!") {
      isNegated = !isNegated;
      condition = wrapped(parent);
    } else if (parent?.type === "BinaryExpression" && /^[!=]==?$/.test(parent.operator)) {
      const other = parent.left === condition ? parent.right : parent.left;
      if (other.type !== "Literal" || typeof other.value !== "boolean") return null;
      if ((parent.operator.startsWith("!") && other.value) || (parent.operator.startsWith("=") && !other.value))
        isNegated = !isNegated;
      condition = wrapped(parent);
    } else {
      const isLoop =
        parent?.type === "WhileStatement" || parent?.type === "DoWhileStatement" || parent?.type === "ForStatement";
      if (!isLoop || !isNegated || parent.test !== condition) return null;
      if (parent.type === "ForStatement" && (parent.init !== null || parent.update !== null)) return null;
      return parent;
    }
  }
}

const IDLE_CALL = /^(?:System\.Threading\.)?Thread\.(?:Sleep|sleep|SpinWait|Yield)$|^SpinWait\.\w+$/;

/** Whether a loop body does nothing: it is empty, or only sleeps and spins. */
function isIdle(source: Source, body: TSESTree.Statement): boolean {
  let idle = true;
  walk(body, source.visitorKeys, (node) => {
    if (!idle || isFunction(node)) return false;
    if (node.type === "BlockStatement" || node.type === "EmptyStatement") return true;
    idle =
      node.type === "ExpressionStatement" &&
      node.expression.type === "CallExpression" &&
      IDLE_CALL.test(dottedName(node.expression.callee) ?? "") &&
      node.expression.arguments.every(isPlainDelay);
    return false;
  });
  return idle;
}

/** The declarations that only give a handle another name: `const handle = ar`. */
export function aliasDeclarations(context: Context, uses: readonly HandleUse[]): TSESTree.VariableDeclaration[] {
  const found = new Set<TSESTree.VariableDeclaration>();
  for (const use of uses) {
    let name: TSESTree.Node = use.node;
    for (let depth = 0; depth < 5 && name.type === "Identifier"; depth++) {
      const declarator: TSESTree.Node | undefined = variableOf(context.source, name)?.defs[0]?.node;
      const init: TSESTree.Node | null =
        declarator?.type === "VariableDeclarator" && declarator.init !== null ? unwrap(declarator.init) : null;
      if (
        declarator?.type !== "VariableDeclarator" ||
        init?.type !== "Identifier" ||
        declarator.parent.declarations.length !== 1
      )
        break;
      found.add(declarator.parent);
      name = init;
    }
  }
  return [...found];
}
