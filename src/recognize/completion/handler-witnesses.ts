import { exportedName } from "../../ast/exports.ts";
import { moduleBindingOf, takesFrom } from "../../ast/modules.ts";
import { keyName, memberName, wrapped } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { ExportingHost } from "../../dialects/completion-parameters.ts";
import { findDeployment } from "../../files/deployment-files.ts";
import type { Context } from "../context.ts";
import { parameterName } from "./parameters.ts";

/**
 * Whether a host calls a function by what the module exports. Two witnesses: the export, and that the parameters, their types, the modules of the
 * file, what is asked of the host's objects, or what describes the deployment are this host's.
 */
export function isHandler(context: Context, host: ExportingHost, fn: FunctionNode): boolean {
  const exported = exportedName(context.source, fn);
  if (exported === null) return false;
  if (isTyped(context, host, fn)) return true;
  const hasName = host.exports.has(exported);
  const hasParameters = areNamedSo(host, fn);
  if (hasName && hasParameters) return true;
  return (hasName || hasParameters) && (isServed(context, host) || isDeployed(context.source, host, exported));
}

/**
 * Whether a file serves another host than this, by what it imports. A description of the deployment that names a function with this host's
 * parameters says more than that: the module may be a client of the other's service.
 */
export function servesAnother(context: Context, host: ExportingHost, fn: FunctionNode): boolean {
  if (!takesFrom(context.source, host.others)) return false;
  const exported = exportedName(context.source, fn);
  return exported === null || !areNamedSo(host, fn) || !isDeployed(context.source, host, exported);
}

/** What shows that the host calls a function, beside the export: all of it, of which less is enough. */
export type HandlerWitness = "types" | "name" | "parameters" | "file" | "deployment";

/** All that shows that a host calls a function which {@link isHandler} knows for one of its handlers. */
export function handlerWitnessesOf(context: Context, host: ExportingHost, fn: FunctionNode): HandlerWitness[] {
  const exported = exportedName(context.source, fn) ?? "";
  const shown: Readonly<Record<HandlerWitness, boolean>> = {
    types: isTyped(context, host, fn),
    name: host.exports.has(exported),
    parameters: areNamedSo(host, fn),
    file: isServed(context, host),
    deployment: isDeployed(context.source, host, exported),
  };
  return (Object.keys(shown) as HandlerWitness[]).filter((witness) => shown[witness]);
}

/**
 * Whether the parameters are called as the host's are, in their order. Where one but the first is an underscore, as nothing uses it, all others
 * have names of the host.
 */
function areNamedSo({ parameters }: ExportingHost, fn: FunctionNode): boolean {
  const given = parameters.map((_, index) => (parameterName(fn, index) ?? "").replace(/^_+/u, ""));
  const isNamed = parameters.map(({ names }, index) => names.has(given[index]!));
  const isOther = parameters.some((_, index) =>
    parameters.some(({ names }, other) => other !== index && names.has(given[index]!)),
  );
  if (isOther) return false;
  const unnamed = parameters.filter(({ isFree }, index) => !isNamed[index] && isFree !== true);
  if (unnamed.length === 0) return true;
  const left = parameters.indexOf(unnamed[0]!);
  return unnamed.length === 1 && given[left] === "" && isNamed.every((named, index) => named || index === left);
}

/** Whether the function, or one of its parameters, has a type of the host's module. */
function isTyped({ source }: Context, { types }: ExportingHost, fn: FunctionNode): boolean {
  const { parent } = wrapped(fn);
  const annotated = [
    ...(parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? [parent.id.typeAnnotation] : []),
    ...fn.params.map((parameter) => (parameter.type === "Identifier" ? parameter.typeAnnotation : undefined)),
  ];
  return annotated.some(
    (annotation) =>
      annotation != null &&
      findAll(annotation, source.visitorKeys, (node): node is TSESTree.Identifier => node.type === "Identifier").some(
        (name) => moduleBindingOf(source, name)?.module === types,
      ),
  );
}

/**
 * What the type of the host's module that is written for a function itself lets it answer with; `null` where none of its types is written for
 * it. All such types let it give a promise.
 */
export function typeOfHost(
  { source }: Context,
  { emptyAnswers, types }: ExportingHost,
  fn: FunctionNode,
): { readonly mayBeEmpty: boolean } | null {
  const outer = wrapped(fn);
  const written =
    outer.type === "TSAsExpression" || outer.type === "TSSatisfiesExpression"
      ? outer.typeAnnotation
      : outer.parent?.type === "VariableDeclarator"
        ? outer.parent.id.typeAnnotation?.typeAnnotation
        : undefined;
  if (written?.type !== "TSTypeReference") return null;
  const { typeArguments, typeName } = written;
  let name: TSESTree.Node = typeName;
  while (name.type === "TSQualifiedName") name = name.left;
  const binding = moduleBindingOf(source, name);
  if (binding?.module !== types) return null;
  const own = typeName.type === "TSQualifiedName" ? typeName.right.name : binding.name;
  const { names, open } = emptyAnswers;
  const isOpen = own === open.name && (typeArguments?.params.length ?? 0) <= open.upTo;
  return { mayBeEmpty: isOpen || names.has(own ?? "") };
}

const served = new WeakMap<Context, Map<ExportingHost, boolean>>();

/** Whether the file is made for the host: by its settings, what it imports, or what it asks of the host's objects. */
function isServed(context: Context, host: ExportingHost): boolean {
  const { members, modules, setting, types } = host;
  let known = served.get(context);
  if (known === undefined) served.set(context, (known = new Map<ExportingHost, boolean>()));
  let answer = known.get(host);
  if (answer === undefined) {
    const { source } = context;
    answer =
      context.settings.host === setting ||
      takesFrom(source, [...modules, types]) ||
      nodesOf(source)
        .of("MemberExpression")
        .some((member) => members.has(memberName(member) ?? "")) ||
      nodesOf(source)
        .of("ObjectPattern")
        .some(({ properties }) =>
          properties.some((property) => property.type === "Property" && members.has(keyName(property) ?? "")),
        );
    known.set(host, answer);
  }
  return answer;
}

/** Whether what describes the deployment says that the host calls what this file exports under a name. */
function isDeployed({ filePath }: Source, { deployments }: ExportingHost, exported: string): boolean {
  return deployments.some(({ files, functions, isBelow, provider }) => {
    const found = findDeployment(filePath, files);
    if (found === null) return false;
    const { module, text } = found;
    if (provider !== undefined) {
      const told = provider.is.exec(text.replaceAll(provider.comments, ""))?.groups!["provider"];
      if (told !== undefined && told !== provider.host) return false;
    }
    return [...text.matchAll(functions)].some(({ groups }) => {
      const named = groups!["path"]!.replace(/^\.?\//u, "");
      const path = `${module}.${exported}`;
      return named === path || (isBelow && path.endsWith(`/${named}`));
    });
  });
}
