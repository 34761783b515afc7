import { contains } from "../../ast/flow.ts";
import { isNothing, keyName, wrapped } from "../../ast/names.ts";
import { variableOf, writesOf } from "../../ast/scopes.ts";
import { textOf, type TSESTree } from "../../ast/source.ts";
import { STATE_MEMBERS } from "../../dialects/apm.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import type { Planner } from "../planner.ts";
import type { StateUse } from "./callback-shape.ts";

/** How the reads of a callback's state, those in dead code aside, are declared and typed. */
export function stateUse(
  planner: Planner,
  operations: readonly Operation[],
  dead: readonly TSESTree.Node[],
  members: readonly TSESTree.Node[],
): StateUse {
  const { source } = planner.context;
  const reads = members.filter((member) => !dead.some((place) => contains(place, member)));
  const castOf = (read: TSESTree.Node) => {
    // A cast around a handle that is taken apart is the handle's.
    if (read.type === "Identifier") return null;
    const outer = wrapped(read);
    return outer.type === "TSAsExpression" || outer.type === "TSTypeAssertion"
      ? textOf(source, outer.typeAnnotation)
      : null;
  };
  const declared = reads.flatMap((read) => {
    const declarator = wrapped(read).parent;
    if (declarator?.type !== "VariableDeclarator" || declarator.parent.declarations.length !== 1) return [];
    const name = declarator.id.type === "Identifier" ? declarator.id : destructuredState(read);
    const variable = name === null ? null : variableOf(source, name);
    return name === null || variable === null || writesOf(variable).length !== 1
      ? []
      : [{ variable, declarator, annotation: name.typeAnnotation?.typeAnnotation }];
  })[0];
  const types = new Set(
    reads.map((read) =>
      declared?.annotation && contains(declared.declarator, read) ? textOf(source, declared.annotation) : castOf(read),
    ),
  );
  // One cast that all reads agree on is the type, unless a site hands over nothing.
  const isOne = types.size === 1 && !operations.some((operation) => isNothing(operation.state));
  return {
    reads,
    variable: declared?.variable ?? null,
    declaration: declared?.declarator.parent ?? null,
    type: isOne ? ([...types][0] ?? null) : null,
    isNeeded: reads.length > 0,
  };
}

/** The name that the state gets in `const { AsyncState: name } = ar`, when that is all that is taken from the handle. */
export function destructuredState(handle: TSESTree.Node): TSESTree.Identifier | null {
  const declarator = wrapped(handle).parent;
  const [property] =
    declarator?.type === "VariableDeclarator" && declarator.id.type === "ObjectPattern" ? declarator.id.properties : [];
  if (
    declarator?.type !== "VariableDeclarator" ||
    declarator.id.type !== "ObjectPattern" ||
    declarator.id.properties.length !== 1 ||
    declarator.parent.declarations.length !== 1
  )
    return null;
  return property?.type === "Property" &&
    STATE_MEMBERS.has(keyName(property) ?? "") &&
    property.value.type === "Identifier"
    ? property.value
    : null;
}
