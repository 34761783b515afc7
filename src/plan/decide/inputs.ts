import { keyName, lastSegment, refersTo, unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { obstacle, type Obstacle } from "./decision.ts";

/** How code names file descriptors. */
const DESCRIPTOR_NAME = /(?:^|_)fd\d*$|Fd\d*$|(?:^|_|file)descriptor$/i;

/** What in the arguments of a start keeps the awaited form from doing the same with them. */
export function obstacleInInputs({ form, inputs }: DescribedOperation): Obstacle | null {
  const [first] = inputs;
  if (form.takesDescriptor === true && first !== undefined && isDescriptor(first))
    return obstacle("descriptor-given", first);
  const { shapedBy } = form;
  const shaping = shapedBy === undefined ? undefined : inputs.slice(1).find((input) => mayHave(input, shapedBy));
  return shaping === undefined ? null : obstacle("result-not-given", shaping);
}

/** Whether an argument is a number, or has a name that file descriptors have. */
function isDescriptor(argument: TSESTree.Expression): boolean {
  const value = unwrap(argument);
  if (value.type === "Literal") return typeof value.value === "number";
  const named = refersTo(value);
  return named !== null && DESCRIPTOR_NAME.test(lastSegment(named.name));
}

/** Whether options may have a member: they are no literal, or have it. */
function mayHave(options: TSESTree.Expression, name: string): boolean {
  const value = unwrap(options);
  if (value.type === "Literal") return false;
  if (value.type !== "ObjectExpression") return true;
  return value.properties.some((property) => property.type === "SpreadElement" || (keyName(property) ?? name) === name);
}
