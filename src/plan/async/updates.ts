import { enclosingOf } from "../../ast/functions.ts";
import { unwrap } from "../../ast/names.ts";
import { variableOf } from "../../ast/scopes.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { Draft } from "../draft.ts";
import type { Reach } from "./reach.ts";

/** Says of each update at an await that it may lose what other code does meanwhile. */
export function noteUpdates(reach: Reach, draft: Draft<object>, awaits: readonly TSESTree.Node[]): void {
  for (const place of awaits) {
    const context = reach.contextOf(place);
    const update = updateAround(context, place);
    if (update !== null) draft.note(place, "update-across-await", update, textOf(context.source, update));
  }
}

/** The target of `target += await …`, where other code may give the target another value while that waits; `null` where nothing is lost. */
function updateAround({ source }: Context, place: TSESTree.Node): TSESTree.Node | null {
  const unit = enclosingOf(place);
  for (let child = place, node = place.parent; node && node !== unit; child = node, node = node.parent) {
    if (node.type !== "AssignmentExpression" || node.right !== child) continue;
    // `??=` and its like read the target only to ask whether to go on.
    if (/^(?:=|&&=|\|\|=|\?\?=)$/.test(node.operator)) continue;
    const target = unwrap(node.left);
    const variable = variableOf(source, target);
    const isOwn =
      variable !== null &&
      [...variable.references.map(({ identifier }) => identifier), ...variable.identifiers].every(
        (each) => enclosingOf(each as TSESTree.Node) === unit,
      );
    if (!isOwn) return target;
  }
  return null;
}
