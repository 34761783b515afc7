import { isOffered } from "../../ast/offered.ts";
import { calleeOf, keyName, lastSegment, typeReferenceName, unwrap } from "../../ast/names.ts";
import type { TSESTree } from "../../ast/source.ts";
import {
  ACCESSOR_NAME,
  COMPLETED_EVENT,
  EVENT_ADDERS,
  HANDLER_TYPE,
  PROGRESS_EVENT,
  REMOVERS,
} from "../../dialects/eap.ts";
import type { Context } from "../context.ts";
import { parameterType, type DeclaredMethod, type DeclaringType } from "./contract-members.ts";
import { subscriptionsOf } from "../events/event-subscriptions.ts";

/** An event that a class or an interface declares: by two methods, or as an object that handlers are added to. */
export interface DeclaredEvent {
  readonly role: "completed" | "progress";
  /** The name without what the spelling adds to it. */
  readonly event: string;
  /** The operation's name in lower case; empty for progress of all operations. */
  readonly stem: string;
  /** The members that make it up. */
  readonly members: readonly { readonly name: string; readonly node: TSESTree.Node }[];
  /** What an accessor takes; `undefined` where it is not declared. */
  readonly handlerType: TSESTree.TypeNode | undefined;
  /** The arguments that handlers are given, as they are declared; `undefined` where they are not. */
  readonly argsType: TSESTree.TypeNode | undefined;
  /** The file that declares them so: that of the event, or one that declares the type of its handlers. */
  readonly argsContext: Context;
  /** How many parameters a handler has, the arguments last; `null` where that is not declared. */
  readonly arity: number | null;
  /** What stands between the object and the handler, to add it and to remove it; `null` where it is not known. */
  readonly adder: string | null;
  readonly remover: string | null;
}

/** The completed and progress events of a type. `around` are the files that may show how handlers are added to an event object. */
export function declaredEventsOf(
  context: Context,
  { members, methods }: DeclaringType,
  around: readonly Context[],
): DeclaredEvent[] {
  const adders = methods.filter((method) => !method.isStatic && ACCESSOR_NAME.exec(method.name)?.[1] === "add");
  const byAccessor = adders.flatMap((adder): DeclaredEvent[] => {
    const named = rolesOf(ACCESSOR_NAME.exec(adder.name)![2]!);
    if (named === null || adder.params.length !== 1 || !isOpen(adder.node)) return [];
    const remover = methods.find(
      ({ name, isStatic, params }) => !isStatic && params.length === 1 && name === adder.name.replace(/^add/, "remove"),
    );
    const handlerType = parameterType(adder.params[0]!);
    return [
      {
        ...named,
        members: [adder, ...(remover === undefined ? [] : [remover])],
        handlerType,
        ...handlerParts(context, handlerType, around),
        adder: `.${adder.name}(`,
        remover: remover === undefined ? null : `.${remover.name}(`,
      },
    ];
  });
  const byObject = members.flatMap(({ name, nameNode, type }): DeclaredEvent[] => {
    const node = nameNode.parent!;
    const named = rolesOf(name);
    if (named === null || byAccessor.some(({ event }) => event === name) || !isEventObject(node) || !isOpen(node))
      return [];
    const created = node.type === "PropertyDefinition" && node.value !== null ? unwrap(node.value) : null;
    const argumentsOfType =
      type?.type === "TSTypeReference"
        ? type.typeArguments
        : created?.type === "NewExpression"
          ? created.typeArguments
          : undefined;
    const adder = adderOf(named.event, around);
    return [
      {
        ...named,
        members: [{ name, node }],
        handlerType: undefined,
        argsType: argumentsOfType?.params.length === 1 ? argumentsOfType.params[0] : undefined,
        argsContext: context,
        arity: null,
        adder: adder === null ? null : `.${name}.${adder}(`,
        remover: adder === null ? null : `.${name}.${REMOVERS.get(adder) ?? "remove"}(`,
      },
    ];
  });
  return [...byAccessor, ...byObject];
}

function rolesOf(event: string): Pick<DeclaredEvent, "role" | "event" | "stem"> | null {
  const completed = COMPLETED_EVENT.exec(event)?.[1];
  if (completed !== undefined)
    return completed === "" ? null : { role: "completed", event, stem: completed.toLowerCase() };
  const progress = PROGRESS_EVENT.exec(event)?.[1];
  return progress === undefined ? null : { role: "progress", event, stem: progress.toLowerCase() };
}

function isEventObject(node: TSESTree.Node): boolean {
  return (
    (node.type === "PropertyDefinition" && !node.static) ||
    node.type === "TSPropertySignature" ||
    (node.type === "MethodDefinition" && node.kind === "get" && !node.static)
  );
}

/** Whether code outside of a class may use a member of it. */
export function isOpen(node: TSESTree.Node): boolean {
  return (
    !("key" in node && node.key.type === "PrivateIdentifier") &&
    !("accessibility" in node && (node.accessibility === "private" || node.accessibility === "protected"))
  );
}

/** The method by which files add handlers to an event object of a name. */
function adderOf(event: string, around: readonly Context[]): string | null {
  for (const context of around) {
    for (const subscription of subscriptionsOf(context)) {
      if (
        subscription.event !== event ||
        subscription.spelling !== "eventObject" ||
        subscription.action !== "add" ||
        subscription.node.type !== "CallExpression"
      )
        continue;
      const name = calleeOf(subscription.node)?.name;
      if (name !== undefined && EVENT_ADDERS.has(name) && name !== "once") return name;
    }
  }
  return null;
}

/** What a handler is given, by its type: `EventHandler<Args>`, a function, or an alias for one of these, of the file or of one of those around. */
function handlerParts(
  context: Context,
  type: TSESTree.TypeNode | undefined,
  around: readonly Context[],
  depth = 0,
): Pick<DeclaredEvent, "argsType" | "argsContext" | "arity"> {
  const unknown = { argsType: undefined, argsContext: context, arity: null };
  switch (type?.type) {
    case "TSFunctionType": {
      const last = type.params.at(-1);
      return last === undefined || last.type === "RestElement"
        ? unknown
        : { argsType: parameterType(last), argsContext: context, arity: type.params.length };
    }
    case "TSUnionType": {
      const [only, more] = type.types.filter(
        (each) => each.type !== "TSNullKeyword" && each.type !== "TSUndefinedKeyword",
      );
      return more === undefined ? handlerParts(context, only, around, depth) : unknown;
    }
    case "TSTypeReference": {
      const name = lastSegment(typeReferenceName(type) ?? "");
      const alias = aliasAround(context, name, around);
      if (alias !== null && alias.node.typeParameters == null)
        return depth > 4 ? unknown : handlerParts(alias.context, alias.node.typeAnnotation, around, depth + 1);
      const [args, more] = type.typeArguments?.params ?? [];
      return args !== undefined && more === undefined && HANDLER_TYPE.test(name)
        ? { argsType: args, argsContext: context, arity: 2 }
        : unknown;
    }
    default:
      return unknown;
  }
}

/** The alias for which a name stands in a file: its own, or the one that it imports from one of the files around. */
function aliasAround(
  context: Context,
  name: string,
  around: readonly Context[],
): { readonly node: TSESTree.TSTypeAliasDeclaration; readonly context: Context } | null {
  const own = aliasOf(context, name);
  if (own !== null) return { node: own, context };
  const imported = importedName(context, name);
  if (imported === null) return null;
  const found = around.flatMap((each) => {
    const node = each === context ? null : aliasOf(each, imported);
    return node !== null && isOffered(node) ? [{ node, context: each }] : [];
  });
  const [only, more] = found;
  return only === undefined || more !== undefined ? null : only;
}

/** What a name that a file imports is called where it is exported; `null` for other names. */
function importedName({ source }: Context, name: string): string | null {
  for (const statement of source.ast.body) {
    if (statement.type !== "ImportDeclaration") continue;
    for (const specifier of statement.specifiers) {
      if (specifier.type === "ImportSpecifier" && specifier.local.name === name)
        return specifier.imported.type === "Identifier" ? specifier.imported.name : specifier.imported.value;
    }
  }
  return null;
}

/** The alias that a file declares for a type at its top level. */
export function aliasOf({ source }: Context, name: string): TSESTree.TSTypeAliasDeclaration | null {
  for (const statement of source.ast.body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type === "TSTypeAliasDeclaration" && declaration.id.name === name) return declaration;
  }
  return null;
}

/** The type of a member that is no method, as it is declared. */
export function memberType(node: TSESTree.Node): TSESTree.TypeNode | undefined {
  if (node.type === "MethodDefinition") return node.value.returnType?.typeAnnotation;
  return "typeAnnotation" in node
    ? (node.typeAnnotation as TSESTree.TSTypeAnnotation | undefined)?.typeAnnotation
    : undefined;
}

/** Whether a member holds a value that every user of an object can read. */
export function isReadable(node: TSESTree.Node): boolean {
  if (!isOpen(node) || !("key" in node) || keyName(node as { key: TSESTree.Node; computed: boolean }) === null)
    return false;
  return isEventObject(node);
}

/** Whether a method may start an operation that an event tells of: it returns nothing. */
export function returnsNothing({ fn, returnType }: DeclaredMethod): boolean {
  if (fn?.async === true || fn?.generator === true) return false;
  if (returnType !== undefined) return returnType.type === "TSVoidKeyword" || returnType.type === "TSUndefinedKeyword";
  return (
    fn !== null &&
    fn.body.type === "BlockStatement" &&
    !fn.body.body.some((statement) => statement.type === "ReturnStatement" && statement.argument !== null)
  );
}
