import { unwrap } from "../../ast/names.ts";
import { textOf, type Source, type TSESTree } from "../../ast/source.ts";
import type { BlockingCall } from "../../recognize/twins/async-twins.ts";
import type { Context } from "../../recognize/context.ts";
import { awaitText } from "../evaluation.ts";
import { hostPromise, importEdit, operandText, type AwaitableText } from "./host-promise.ts";
import type { TextEdit } from "../types.ts";
import { withSemicolons } from "../write/seams.ts";
import { plain } from "../write/text.ts";
import { twinCall } from "../callbacks/twin-call.ts";

/**
 * The edits that await what can be awaited in the place of a call that blocks, as the host needs it; `null` where no `await` may stand,
 * or where it would come between the links of an optional chain.
 */
export function awaitTwin(context: Context, site: BlockingCall): readonly TextEdit[] | null {
  if (!site.around.async) return null;
  const place = chainAround(site.node);
  const awaitable = place === null ? null : awaitableText(context, site);
  return awaitable === null ? null : awaitedInPlace(context, place!, awaitable);
}

/** The edits that put an `await` of something in the place of an expression. */
export function awaitedInPlace(
  context: Context,
  place: TSESTree.Node,
  { needsImport, text }: AwaitableText,
): readonly TextEdit[] {
  const edit: TextEdit = { range: [place.range[0], place.range[1]], text: awaitText(context.source, place, text) };
  return withSemicolons(
    context.source,
    needsImport === null ? [edit] : [importEdit(context.source, needsImport), edit],
  );
}

/** The whole optional chain that an expression is, the expression itself outside of chains, `null` for an inner link. */
export function chainAround(node: TSESTree.Expression): TSESTree.Expression | null {
  if (node.parent?.type === "ChainExpression") return node.parent;
  return isLink(node) ? null : node;
}

function isLink(node: TSESTree.Node): boolean {
  for (let child = node, current = node.parent; current; child = current, current = current.parent) {
    if (current.type === "ChainExpression") return true;
    const isInner =
      (current.type === "MemberExpression" && current.object === child) ||
      (current.type === "CallExpression" && current.callee === child) ||
      current.type === "TSNonNullExpression";
    if (!isInner) return false;
  }
  return false;
}

function awaitableText(context: Context, site: BlockingCall): AwaitableText | null {
  const text = twinText(context, site);
  return site.gives === "promise" ? { text, needsImport: null } : hostPromise(context, text);
}

function twinText(context: Context, { node, operation, task, twin, nameNode }: BlockingCall): string {
  const { source } = context;
  if (operation !== null) return plain(twinCall(context, operation, twin!, (range) => source.text.slice(...range)));
  return task === null ? renamed(source, unwrap(node), nameNode, twin!) : operandText(source, task);
}

/** The text of a call under another name; one in quotes keeps them. */
export function renamed(source: Source, call: TSESTree.Node, nameNode: TSESTree.Node, name: string): string {
  const quote = nameNode.type === "Literal" ? nameNode.raw.charAt(0) : nameNode.type === "TemplateLiteral" ? "`" : "";
  const before = source.text.slice(call.range[0], nameNode.range[0]);
  return `${before}${quote}${name}${quote}${textOf(source, call).slice(nameNode.range[1] - call.range[0])}`;
}
