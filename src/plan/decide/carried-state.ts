import { keyName, unwrap } from "../../ast/names.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { resolvesAlike } from "../naming.ts";
import { isConstant } from "../purity.ts";

/** What the code that is called back reads as its state, as text that means the same at each of the reads; `null` if none is sure to. */
export function carriedState(
  { source }: Context,
  { call, form, inputs }: DescribedOperation,
  reads: readonly TSESTree.Node[],
): string | null {
  const { carrier } = form;
  if (carrier === undefined) return null;
  const objects = inputs.map((input) => unwrap(input));
  const properties = objects.flatMap((object) => (object.type === "ObjectExpression" ? object.properties : []));
  if (properties.some((property) => property.type === "SpreadElement" || property.computed)) return null;
  const given = properties.filter((property) => property.type === "Property" && keyName(property) === carrier);
  const [property] = given as TSESTree.Property[];
  // What is no literal may be an object that has it.
  if (property === undefined)
    return objects.every(({ type }) => /^(?:Object|Array|Function|ArrowFunction)Expression$|Literal$/.test(type))
      ? "undefined"
      : null;
  const value = unwrap(property.value);
  if (given.length > 1 || (value.type !== "Literal" && value.type !== "Identifier")) return null;
  const isSame = (read: TSESTree.Node): boolean =>
    value.type !== "Identifier" || resolvesAlike(source, value.name, read, call);
  return isConstant(source, value) && reads.every(isSame) ? textOf(source, value) : null;
}
