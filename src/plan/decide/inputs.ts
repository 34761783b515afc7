import { nodesOf } from "../../ast/node-index.ts";
import { keyName, lastSegment, memberName, refersTo, unwrap } from "../../ast/names.ts";
import { suspends } from "../../ast/flow.ts";
import type { Source, TSESTree } from "../../ast/source.ts";
import { DESCRIPTOR_NAME } from "../../dialects/callback-names.ts";
import type { DescribedOperation } from "../../recognize/operations/operation.ts";
import { obstacle, type Obstacle } from "./decision.ts";

/** What in the arguments of a start keeps the awaited form from doing the same with them. */
export function obstacleInInputs(source: Source, operation: DescribedOperation): Obstacle | null {
  const { call, form, inputs } = operation;
  const [first] = inputs;
  if (isStopped(source, form.stoppedBy ?? [])) return obstacle("may-be-stopped", operation.nameNode);
  // The call comes to stand in a function of its own.
  if (form.awaited.kind === "adapter" && [call.callee, ...inputs].some((each) => suspends(source, each)))
    return obstacle("await-not-allowed", operation.nameNode);
  if (form.takesDescriptor === true && first !== undefined && isDescriptor(first))
    return obstacle("descriptor-given", first);
  const { shapedBy } = form;
  const shaping = shapedBy === undefined ? undefined : inputs.slice(1).find((input) => mayHave(input, shapedBy));
  return shaping === undefined ? null : obstacle("result-not-given", shaping);
}

/** Whether one of some methods is called in a file. */
function isStopped(source: Source, methods: readonly string[]): boolean {
  if (methods.length === 0) return false;
  return nodesOf(source)
    .of("CallExpression")
    .some(({ callee }) => callee.type === "MemberExpression" && methods.includes(memberName(callee) ?? ""));
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
