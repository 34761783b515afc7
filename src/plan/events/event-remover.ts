import { calleeOf } from "../../ast/names.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import { REMOVERS } from "../../dialects/eap.ts";
import type { CompletedEvent } from "../../recognize/events/completed-event.ts";
import type { Context } from "../../recognize/context.ts";
import type { Subscription } from "../../recognize/events/event-subscriptions.ts";
import { concat, spliced, text, type Text } from "../write/text.ts";

/** Whether a handler is taken off by what adding it gives: the file does so, or the events of its host know no other way. */
export function givesConnection(context: Context, { connection, node, spelling }: Subscription): boolean {
  if (connection !== null) return true;
  return (
    context.host.events.includes("X.connect") &&
    spelling === "eventObject" &&
    node.type === "CallExpression" &&
    calleeOf(node)?.name === "connect"
  );
}

/** `connection.disconnect()`, with the member by which the file ends its connection. */
export function connectionEnd({ connection, node }: Subscription, name: string): string {
  const adder = node.type === "CallExpression" ? (calleeOf(node)?.name ?? "") : "";
  const [end] = connection?.ends ?? [];
  return `${name}.${(end === undefined ? null : calleeOf(end)?.name) ?? REMOVERS.get(adder) ?? "disconnect"}()`;
}

/** The statement that takes a handler off an event again: as the file does it, else as the way in which it is added has it. */
export function removerText(
  context: Context,
  { operation }: CompletedEvent,
  added: Subscription,
  receiver: Text,
  name: string,
): Text {
  const { source } = context;
  const known = operation.removals.find(
    ({ connection, handler, role, spelling }) =>
      connection === null && handler !== null && role === added.role && spelling === added.spelling,
  );
  if (known !== undefined) {
    return spliced(source.text, known.node.range, [
      { range: [known.node.range[0], known.object.range[1]], text: receiver },
      { range: known.handler!.range, text: name },
    ]);
  }
  const { node, object, handler } = added;
  const rendered = (edit: { node: TSESTree.Node; text: string }): Text =>
    spliced(source.text, node.range, [
      { range: [node.range[0], object.range[1]], text: receiver },
      { range: edit.node.range, text: edit.text },
      { range: handler!.range, text: name },
    ]);
  if (node.type === "AssignmentExpression") {
    const target = concat(receiver, source.text.slice(object.range[1], node.left.range[1]));
    return added.spelling === "operator" ? text`${target} -= ${name}` : text`${target} = null`;
  }
  const callee = calleeOf(node)!;
  switch (added.spelling) {
    case "accessor":
      return rendered({ node: callee.nameNode, text: textOf(source, callee.nameNode).replace("add", "remove") });
    case "eventCall":
      return rendered({ node: node.arguments[0]!, text: textOf(source, node.arguments[0]!).replace("add", "remove") });
    default:
      return rendered({
        node: callee.nameNode,
        text: textOf(source, callee.nameNode).replace(callee.name, REMOVERS.get(callee.name) ?? callee.name),
      });
  }
}
