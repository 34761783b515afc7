import { lastSegment, unwrap } from "../ast/names.ts";
import { variableOf } from "../ast/scopes.ts";
import type { TSESTree } from "../ast/source.ts";
import { typeNameOf } from "./annotations.ts";
import { isStaticContext } from "./callables.ts";
import type { Context } from "./context.ts";
import { staticOwner } from "./signatures.ts";

/** The type whose member is used of an object, and whether the object is the class itself and no instance of it. */
export interface ReceiverType {
  readonly name: string;
  readonly isStatic: boolean;
}

/** The type of an object whose member is used, by the last segment of its name; `null` where it cannot be told. */
export function receiverTypeOf(context: Context, receiver: TSESTree.Expression): ReceiverType | null {
  const object = unwrap(receiver);
  const owner = staticOwner(context, object);
  if (owner !== null) return { name: owner, isStatic: true };
  const typeName = typeNameOf(context, receiver);
  if (typeName === null) return null;
  const name = lastSegment(typeName);
  const isOwn = (object.type === "ThisExpression" || object.type === "Super") && isStaticContext(object);
  // The checker calls an imported class by the name that its instances' type has.
  const isImported =
    object.type === "Identifier" &&
    object.name === name &&
    variableOf(context.source, object)?.defs[0]?.node.type === "ImportSpecifier";
  return { name, isStatic: isOwn || isImported };
}
