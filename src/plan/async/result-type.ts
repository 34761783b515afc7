import { enclosingFunction } from "../../ast/functions.ts";
import { entityName } from "../../ast/names.ts";
import { textOf, type Source, type TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import { endNames } from "../../dialects/apm-names.ts";
import { declaredType } from "../../recognize/annotations.ts";
import { declarationsOf } from "../../recognize/declarations.ts";
import type { CompletedEvent } from "../../recognize/events/completed-event.ts";
import type { Context } from "../../recognize/context.ts";
import { isValue, valuesOf } from "../../recognize/events/event-reads.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { awaitedType } from "../../recognize/contracts/contract-members.ts";
import { outputsOf } from "../../recognize/events/outputs.ts";
import { declaredResult } from "../../recognize/twins/twins.ts";
import { renderRange } from "../edits.ts";
import { isTypeInScope, lowerFirst } from "../naming.ts";
import type { TextEdit } from "../types.ts";

/**
 * The type of an operation's outcome, as text that means something in this file: from the declaration of what the End's value is
 * given to, from the file or the dialect, from the checker; `any` where nothing is known, as the receivers are `any` then too.
 */
export function resultType(context: Context, operation: Operation): string {
  if (operation.event !== null) return eventResultType(context, operation.event);
  const outputs = outputsOf(context, operation);
  if (outputs !== null)
    return outputs.type !== null && isKnownType(context, outputs.type.replaceAll(/(?<![\w$])[\w$]+(?=\??:)/g, ""))
      ? outputs.type
      : "any";
  // What the End says itself comes first: the code around it may say less.
  const declared = declaredEnd(context, operation) ?? declaredResult(context, operation);
  if (declared !== null && !/^(?:any|unknown|object)$/.test(declared) && isKnownType(context, declared))
    return declared;
  for (const end of operation.ends) {
    const type = typeAround(context, end.call);
    if (type !== null) return type;
  }
  const [end] = operation.ends;
  const checked = end === undefined ? null : (context.types?.textOf(end.call) ?? null);
  return checked !== null && isKnownType(context, checked) ? checked : "any";
}

/** What the End of an operation is declared to give, where the file declares it once, in names that mean the same outside of its namespace. */
function declaredEnd(context: Context, { begin, receiver, stem }: Operation): string | null {
  const results = endNames(stem).flatMap((name) =>
    declarationsOf(context, receiver, name, begin).map(({ node, result }) =>
      result === undefined ? null : qualified(context.source, result, node),
    ),
  );
  return new Set(results).size === 1 ? results[0]! : null;
}

/** A type as it is written outside of the namespaces around it; `null` where one of its names means nothing there. */
function qualified({ text, visitorKeys }: Source, type: TSESTree.TypeNode, place: TSESTree.Node): string | null {
  const edits: TextEdit[] = [];
  const isName = (node: TSESTree.Node): node is TSESTree.Identifier =>
    node.type === "Identifier" && (node.parent.type === "TSTypeReference" || node.parent.type === "TSQualifiedName");
  for (const name of findAll(type, visitorKeys, isName)) {
    if (name.parent.type === "TSQualifiedName" && name.parent.right === name) continue;
    const path = pathTo(name.name, place);
    if (path === null) return null;
    if (path !== "") edits.push({ range: [name.range[0], name.range[0]], text: path });
  }
  return renderRange(text, type.range, edits);
}

/** The names of the namespaces around a place up to the one that declares a name, each with a dot; `null` where that does not offer it. */
function pathTo(name: string, place: TSESTree.Node): string | null {
  let path = "";
  let isOffered: boolean | null = null;
  for (let node: TSESTree.Node | undefined | null = place; node; node = node.parent) {
    if (node.type === "TSModuleBlock") {
      const declared = node.body.find((statement) => declaredName(statement) === name);
      isOffered ??=
        declared === undefined
          ? null
          : declared.type === "ExportNamedDeclaration" || (node.parent as { declare?: boolean }).declare === true;
    }
    if (node.type === "TSModuleDeclaration" && isOffered !== null)
      path = `${node.id.type === "Literal" ? "" : (entityName(node.id) ?? "")}.${path}`;
  }
  return isOffered === false ? null : path;
}

function declaredName(statement: TSESTree.Node): string | null {
  const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
  const id = declaration !== null && "id" in declaration ? declaration.id : null;
  return id !== null && id?.type === "Identifier" ? id.name : null;
}

/** Whether all names in the text of a type mean something in a file. */
export function isKnownType(context: Context, type: string): boolean {
  const names = type.match(/[a-z_$][\w$.]*/gi) ?? [];
  const builtIn = new Set([
    "number",
    "string",
    "boolean",
    "void",
    "undefined",
    "null",
    "bigint",
    "symbol",
    "object",
    "unknown",
    "any",
    "never",
    "Promise",
    "Array",
    "Uint8Array",
    "ArrayBuffer",
    "Date",
    "Error",
  ]);
  return names.every((name) => builtIn.has(name) || isTypeInScope(context.source, name.split(".")[0]!));
}

/** The type that the code around an expression says its value has. */
function typeAround(context: Context, expression: TSESTree.Node): string | null {
  const { source } = context;
  const { parent } = expression;
  if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" && parent.id.typeAnnotation)
    return textOf(source, parent.id.typeAnnotation.typeAnnotation);
  if (parent?.type === "TSAsExpression") return textOf(source, parent.typeAnnotation);
  if (parent?.type === "ReturnStatement") return returnedType(context, expression);
  const declared =
    parent?.type === "AssignmentExpression" && parent.right === expression
      ? declaredType(context, parent.left)
      : undefined;
  return declared === undefined ? null : textOf(source, declared);
}

/** The type that the function around a `return` says it gives. */
function returnedType({ source }: Context, expression: TSESTree.Node): string | null {
  const fn = enclosingFunction(expression);
  const type = fn?.returnType?.typeAnnotation;
  if (fn === null || fn.generator || type === undefined) return null;
  const awaited = fn.async ? awaitedType(type) : type;
  return awaited === undefined || (fn.async && awaited === type) || awaited.type === "TSVoidKeyword"
    ? null
    : textOf(source, awaited);
}

/** The type of what an adapter hands over of a completed event: one value, an object of several, `unknown` where nobody asks for any. */
export function eventResultType(context: Context, event: CompletedEvent): string {
  const values = valuesOf(event);
  if (values.length === 0) return "unknown";
  if (values.length === 1) return valueType(context, event, values[0]!);
  return `{ ${values.map((name) => `${lowerFirst(name)}: ${valueType(context, event, name)}`).join("; ")} }`;
}

/** The type of a member of the event's arguments: as it is read, or as their type has it. */
export function valueType(context: Context, { handler }: CompletedEvent, name: string): string {
  for (const read of handler?.reads ?? []) {
    const type = read.name === name && isValue(read) ? typeAround(context, read.node) : null;
    if (type !== null) return type;
  }
  const parameter = handler?.args;
  const target = parameter?.type === "AssignmentPattern" ? parameter.left : parameter;
  const annotation =
    target !== undefined && target !== null && "typeAnnotation" in target
      ? target.typeAnnotation?.typeAnnotation
      : undefined;
  const type = annotation?.type === "TSTypeReference" ? textOf(context.source, annotation) : null;
  return type !== null && isKnownType(context, type) ? `${type}["${name}"]` : "any";
}
