import { isFunction } from "../../ast/functions.ts";
import { moduleMemberOf } from "../../ast/modules.ts";
import { keyName, memberName, unwrap } from "../../ast/names.ts";
import { onlyValueOf, variableOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import type { Maker } from "../../dialects/dialect.ts";
import { isModuleOf } from "../../dialects/makers.ts";
import type { Context } from "../context.ts";
import { fieldOf } from "../fields.ts";

/** Where an object comes from: the module with which the way to it begins; `null` where that is no module. */
export interface Made {
  readonly module: string | null;
}

/** How far an object is followed to what has given it. */
const LONGEST_WAY = 24;

/** What has given the object that an expression denotes, if that is one of some makers; `null` where it is not, or cannot be told. */
export function madeBy(context: Context, expression: TSESTree.Node, makers: readonly Maker[], depth = 0): Made | null {
  if (depth > LONGEST_WAY) return null;
  const node = unwrap(expression);
  const again = (value: TSESTree.Node): Made | null => madeBy(context, value, makers, depth + 1);
  switch (node.type) {
    case "Identifier": {
      const variable = variableOf(context.source, node);
      if (variable === null) return null;
      const value = onlyValueOf(variable);
      if (value !== null) return again(value);
      const call = callGiving(variable);
      return call === null ? null : givenBy(context, call, makers, "outcome", depth);
    }
    case "MemberExpression": {
      const values = fieldOf(context, node)?.values ?? [];
      const made = values.map(again);
      const [first] = made;
      if (first != null && made.every((each) => each !== null)) return first;
      return firstOf(makers, (maker) =>
        maker.kind === "member" ? madeBy(context, node.object, maker.of, depth + 1) : null,
      );
    }
    case "AwaitExpression":
      return givenBy(context, unwrap(node.argument), makers, "outcome", depth);
    default:
      return givenBy(context, node, makers, "value", depth);
  }
}

function firstOf(makers: readonly Maker[], find: (maker: Maker) => Made | null): Made | null {
  for (const maker of makers) {
    const made = find(maker);
    if (made !== null) return made;
  }
  return null;
}

/** What a call, or `new`, gives: at once, or as its outcome. */
function givenBy(
  context: Context,
  node: TSESTree.Node,
  makers: readonly Maker[],
  wanted: "outcome" | "value",
  depth: number,
): Made | null {
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return null;
  const callee = unwrap(node.callee);
  const receiverOf = (names: readonly string[], of: readonly Maker[], isNew = false): Made | null =>
    (node.type === "NewExpression") === isNew &&
    callee.type === "MemberExpression" &&
    names.includes(memberName(callee) ?? "")
      ? madeBy(context, callee.object, of, depth + 1)
      : null;
  return firstOf(makers, (maker) => {
    if (("gives" in maker ? (maker.gives ?? "value") : "value") !== wanted) return null;
    switch (maker.kind) {
      case "export":
        return madeByExport(context, node, maker);
      case "method":
        if (maker.of !== null) return receiverOf(maker.names, maker.of, maker.how === "new");
        return callee.type === "MemberExpression" && maker.names.includes(memberName(callee) ?? "")
          ? { module: null }
          : null;
      case "instance":
        return node.type === "NewExpression" ? madeBy(context, callee, maker.of, depth + 1) : null;
      case "itself":
        return receiverOf(maker.names, makers);
      case "member":
        return null;
    }
  });
}

function madeByExport(
  context: Context,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  { how, like, modules, names, without }: Extract<Maker, { kind: "export" }>,
): Made | null {
  if ((how === "new") !== (node.type === "NewExpression")) return null;
  const member = moduleMemberOf(context.source, node.callee);
  if (member === null || !isModuleOf(modules, member.module)) return null;
  const isLike = like !== undefined && like.name.test(member.path) && !like.except.has(member.path);
  if (!isLike && !names.includes(member.path)) return null;
  if (without !== undefined && node.arguments.some((argument) => mayHave(context, argument, without))) return null;
  return { module: member.module };
}

/** Whether an argument may be an object with an option: it has it, or cannot be told. */
function mayHave(context: Context, argument: TSESTree.Node, option: string): boolean {
  const variable = variableOf(context.source, unwrap(argument));
  const value = unwrap((variable === null ? null : onlyValueOf(variable)) ?? argument);
  if (value.type === "Literal" || value.type === "TemplateLiteral") return false;
  if (value.type !== "ObjectExpression") return true;
  return value.properties.some(
    (property) => property.type === "SpreadElement" || (keyName(property) ?? option) === option,
  );
}

/** The call whose outcome a parameter is: of a callback that is given it behind the error, or of a function that is given to `then`. */
function callGiving(variable: Variable): TSESTree.Node | null {
  const [definition] = variable.defs;
  const fn = definition?.node;
  if (variable.defs.length !== 1 || String(definition?.type) !== "Parameter" || !isFunction(fn)) return null;
  const { parent } = fn;
  if (parent.type !== "CallExpression") return null;
  const index = fn.params.findIndex((parameter) => parameter === variable.identifiers[0]);
  const callee = unwrap(parent.callee);
  if (callee.type === "MemberExpression" && memberName(callee) === "then")
    return index === 0 && parent.arguments[0] === fn ? unwrap(callee.object) : null;
  return index === 1 && parent.arguments.at(-1) === fn ? parent : null;
}
