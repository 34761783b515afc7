import { calleeOf, dottedName } from "../ast/names.ts";
import { nodesOf } from "../ast/node-index.ts";
import { suspends } from "../ast/flow.ts";
import { isSameReference } from "../ast/scopes.ts";
import { textOf, type TSESTree } from "../ast/source.ts";
import { declaredType, typeNameOf } from "../recognize/annotations.ts";
import type { Context } from "../recognize/context.ts";
import type { Operation } from "../recognize/operation.ts";
import { declaredResult, twinOf } from "../recognize/twins.ts";
import type { RefusalCode } from "./codes.ts";
import { indentAt, indentUnitOf, lineBreakOf, semicolon } from "./layout.ts";
import { isTypeInScope, lowerFirst } from "./naming.ts";
import { isConstant, isPure } from "./purity.ts";
import type { Target } from "./types.ts";

/** The expression that starts an operation and gives a promise, or why there is none. */
export type Start =
  | { readonly text: string; readonly kind: "twin" | "adapter"; /** Import to add: the host's helper. */ readonly needsImport: { readonly name: string; readonly from: string } | null }
  | { readonly refusal: RefusalCode };

/** Whether the file may hold type annotations. */
export function isTypeScript(filePath: string): boolean {
  return /\.[cm]?tsx?$/i.test(filePath);
}

/**
 * Renders the start of an operation at the place of its Begin: the twin, made of the text of the Begin call itself, or the adapter
 * over the same pair. `indent` is the indentation of the line on which it will stand.
 */
export function startOf(context: Context, operation: Operation, target: Target, indent = indentAt(context.source.text, operation.begin.range[0])): Start {
  if (operation.inputs.some((input) => suspends(context.source, input)) && target === "adapter") return { refusal: "await-not-allowed" };
  const twin = twinOf(context, operation);
  const { taskToPromise } = context.host;
  if (target === "twin" || (target === "auto" && twin.exists === "yes" && taskToPromise.kind !== "never" && !hasOuts(operation))) {
    const call = twinCall(context, operation, twin.name);
    if (taskToPromise.kind === "method") return { text: `${call}.${taskToPromise.name}()`, kind: "twin", needsImport: null };
    if (taskToPromise.kind === "call") {
      const helper = helperInScope(context);
      return { text: `${helper.text}(${call})`, kind: "twin", needsImport: helper.needsImport };
    }
    return { text: call, kind: "twin", needsImport: null };
  }
  return adapter(context, operation, indent);
}

/** Whether the End fills in more than its result, which a twin has no place for. */
function hasOuts(operation: Operation): boolean {
  return operation.ends.some((end) => end.extraArguments.length > 0);
}

/** The Begin call with the twin's name, without callback and state; everything else as written. */
function twinCall(context: Context, operation: Operation, name: string): string {
  const { text } = context.source;
  const { begin, nameNode, inputs } = operation;
  // A computed name keeps its quotes: a["BeginRead"] becomes a["ReadAsync"].
  const nameText = nameNode.type === "Literal" ? nameNode.raw.charAt(0) + name + nameNode.raw.charAt(0) : name;
  const last = inputs.at(-1);
  const upToInputs = last === undefined ? text.slice(nameNode.range[1], openParen(context, operation) + 1) : text.slice(nameNode.range[1], endOfArgument(context, last));
  return `${text.slice(begin.range[0], nameNode.range[0])}${nameText}${upToInputs})`;
}

/** The end of an argument with the parentheses that may stand around it. */
function endOfArgument(context: Context, argument: TSESTree.Node): number {
  const tokens = context.source.ast.tokens ?? [];
  const next = tokens.findIndex((token) => token.range[0] >= argument.range[1]);
  let end = argument.range[1];
  for (let index = next; index >= 0 && tokens[index]?.value === ")"; index++) end = tokens[index]!.range[1];
  return end;
}

function openParen(context: Context, { begin }: Operation): number {
  const after = begin.typeArguments?.range[1] ?? begin.callee.range[1];
  return context.source.text.indexOf("(", after);
}

/** How the file reaches the host's helper: imported or destructured under its name, a member of an object in use, else an import to add. */
function helperInScope(context: Context): { text: string; needsImport: { name: string; from: string } | null } {
  const { taskToPromise } = context.host;
  if (taskToPromise.kind !== "call") throw new TypeError("The host has no helper function.");
  const { source } = context;
  const { helper, owners, from } = taskToPromise;
  const moduleScope = source.scopeManager.scopes.find((scope) => scope.type === "module") ?? source.scopeManager.scopes[0]!;
  if ((moduleScope.set.get(helper)?.defs.length ?? 0) > 0) return { text: helper, needsImport: null };
  const used = owners.find((owner) => (moduleScope.set.get(owner)?.defs.length ?? 0) > 0 || nodesOf(source).of("MemberExpression").some((member) => dottedName(member)?.startsWith(`${owner}.${helper}`)));
  if (used !== undefined) return { text: `${used}.${helper}`, needsImport: null };
  // PuerTS defines its object globally; unity-jsb's helper exists in its module only.
  return context.host.name === "unity-jsb" && from !== null && moduleScope.type === "module" ? { text: helper, needsImport: { name: helper, from } } : { text: `${owners[0]!}.${helper}`, needsImport: null };
}

function adapter(context: Context, operation: Operation, indent: string): Start {
  const { source } = context;
  const { receiver, callback } = operation;
  if (receiver !== null && !isPure(receiver)) return { refusal: "receiver-has-effects" };
  const delegate = callback.kind === "function" ? callback.delegate : null;
  if (delegate === null && !context.host.functionsAreDelegates) return { refusal: "no-awaitable-target" };
  if (operation.inputs.some((input) => suspends(source, input))) return { refusal: "await-not-allowed" };
  const used = new Set([...operation.inputs, ...(operation.ends[0]?.extraArguments ?? []), ...(receiver === null ? [] : [receiver])].flatMap((node) => textOf(source, node).match(/[\w$]+/g) ?? []));
  const fresh = (name: string): string => (used.has(name) ? fresh(`${name}_`) : name);
  const [resolve, reject, ar, error] = [fresh("resolve"), fresh("reject"), fresh("ar"), fresh("error")];
  const endName = endNameOf(operation);
  // An End that was called on the same words reads them again at the same time as before; any other object is kept from the start.
  const isReadAgain = receiver === null || isConstant(source, receiver) || (operation.ends.length > 0 && operation.ends.every((end) => end.receiver !== null && isSameReference(source, end.receiver, receiver)));
  const kept = isReadAgain ? null : fresh("target");
  // With the parentheses that may stand around it.
  const receiverSource = receiver === null ? "" : source.text.slice(operation.begin.range[0], endOfArgument(context, receiver));
  const receiverText = kept ?? receiverSource;
  const endText = receiver === null ? endName : `${receiverText}${memberTail(context, operation, endName)}`;
  const inputs = operation.inputs.map((input) => `${textOf(source, input)}, `).join("");
  const result = isTypeScript(source.filePath) ? `<${resultType(context, operation)}>` : "";
  const [before, after] = delegateText(context, delegate);
  const parameter = `(${ar}${handleAnnotation(context, operation)})`;
  const inner = indent + indentUnitOf(source.text);
  const newline = lineBreakOf(source.text);
  const end = semicolon(source);
  const beginText = receiverText + source.text.slice(receiver === null ? operation.begin.range[0] : endOfArgument(context, receiver), openParen(context, operation));
  const keeping = kept === null || receiver === null ? "" : `${inner}const ${kept} = ${receiverSource}${end}${newline}`;
  const callbackText = `${before}${parameter} => { try { ${resolve}(${endText}(${endArguments(context, operation, ar)}))${end} } catch (${error}) { ${reject}(${error})${end} } }${after}`;
  return {
    text: `new Promise${result}((${resolve}, ${reject}) => {${newline}${keeping}${inner}${beginText}(${inputs}${callbackText}, null)${end}${newline}${indent}})`,
    kind: "adapter",
    needsImport: null,
  };
}

/** What the End takes: the handle in its place among the values that it fills in. */
function endArguments({ source }: Context, { ends: [end] }: Operation, handle: string): string {
  if (end === undefined || end.extraArguments.length === 0) return handle;
  return end.call.arguments.map((argument) => (end.extraArguments.includes(argument) ? textOf(source, argument) : handle)).join(", ");
}

function endNameOf(operation: Operation): string {
  const begin = calleeOf(operation.begin)!.name;
  return begin.replace(/^B(?=egin)/, "E").replace(/^Eegin/, "End").replace(/^begin/, "end");
}

function memberTail(context: Context, { nameNode }: Operation, endName: string): string {
  return nameNode.type === "Literal" ? `[${textOf(context.source, nameNode).charAt(0)}${endName}${textOf(context.source, nameNode).charAt(0)}]` : `.${endName}`;
}

/** What stands around the function in `new AsyncCallback(f)`. */
function delegateText(context: Context, delegate: TSESTree.Node | null): [string, string] {
  if (delegate === null || (delegate.type !== "NewExpression" && delegate.type !== "CallExpression")) return ["", ""];
  const inner = delegate.arguments.at(-1)!;
  return [context.source.text.slice(delegate.range[0], inner.range[0]), context.source.text.slice(inner.range[1], delegate.range[1])];
}

/** The annotation for the handle: that of the callback there was; none where the receiver's type gives it; `any` where it has no type. */
function handleAnnotation(context: Context, operation: Operation): string {
  if (!isTypeScript(context.source.filePath)) return "";
  const parameter = operation.callbackParameter?.identifiers[0];
  const annotation = parameter?.type === "Identifier" ? parameter.typeAnnotation?.typeAnnotation : undefined;
  if (annotation !== undefined) return `: ${textOf(context.source, annotation)}`;
  const { receiver } = operation;
  const isTyped = receiver === null || (declaredType(context, receiver)?.type !== "TSAnyKeyword" && typeNameOf(context, receiver) !== null);
  return isTyped ? "" : ": any";
}

/**
 * The type of an operation's outcome, as text that means something in this file: from the declaration of what the End's value is
 * given to, from the file or the dialect, from the checker; `any` where nothing is known, as the receivers are `any` then too.
 */
export function resultType(context: Context, operation: Operation): string {
  const { source } = context;
  for (const end of operation.ends) {
    const { parent } = end.call;
    if (parent.type === "VariableDeclarator" && parent.id.type === "Identifier" && parent.id.typeAnnotation) return textOf(source, parent.id.typeAnnotation.typeAnnotation);
    if (parent.type === "TSAsExpression") return textOf(source, parent.typeAnnotation);
    if (parent.type === "AssignmentExpression" && parent.right === end.call) {
      const declared = declaredType(context, parent.left);
      if (declared !== undefined) return textOf(source, declared);
    }
  }
  const declared = declaredResult(context, operation);
  if (declared !== null && isKnownType(context, declared)) return declared;
  const [end] = operation.ends;
  const checked = end === undefined ? null : (context.types?.textOf(end.call) ?? null);
  return checked !== null && isKnownType(context, checked) ? checked : "any";
}

function isKnownType(context: Context, type: string): boolean {
  const names = type.match(/[A-Za-z_$][\w$.]*/g) ?? [];
  const builtIn = new Set(["number", "string", "boolean", "void", "undefined", "null", "bigint", "symbol", "object", "unknown", "any", "never", "Promise", "Array", "Uint8Array", "ArrayBuffer", "Date", "Error"]);
  return names.every((name) => builtIn.has(name) || isTypeInScope(context.source, name.split(".")[0]!));
}

/** A name for the started operation: the stem, `putObject`. */
export function startName(operation: Operation): string[] {
  const name = lowerFirst(operation.stem);
  return [name, `${name}Started`];
}
