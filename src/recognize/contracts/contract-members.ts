import { calleeOf, keyName, lastSegment, unwrap, dottedName } from "../../ast/names.ts";
import { nodesOf } from "../../ast/node-index.ts";
import { isFunction } from "../../ast/functions.ts";
import { decoratorsOf } from "../../ast/optional-parts.ts";
import { textOf, type FunctionNode, type TSESTree } from "../../ast/source.ts";
import { ASYNC_PATTERN, IS_ONE_WAY, OPERATION_DECORATORS, OPERATION_NAME } from "../../dialects/contracts.ts";
import type { Context } from "../context.ts";
import { isAwaitableType } from "../twins/twins.ts";

/** What a decorator says of an operation. */
export interface OperationMark {
  readonly node: TSESTree.Decorator;
  /** `undefined` where it does not say; a value that is no literal counts so as well. */
  readonly asyncPattern: { readonly node: TSESTree.Node; readonly value: boolean } | undefined;
  readonly isOneWay: boolean;
  readonly name: string | null;
}

/** The node kinds that declare a method. */
export type DeclaringNode =
  TSESTree.MethodDefinition | TSESTree.TSAbstractMethodDefinition | TSESTree.TSMethodSignature;

/** A method that a class or an interface declares. */
export interface DeclaredMethod {
  readonly node: DeclaringNode;
  /** `null` for a signature. */
  readonly fn: FunctionNode | null;
  readonly name: string;
  readonly nameNode: TSESTree.Node;
  readonly params: readonly TSESTree.Parameter[];
  readonly returnType: TSESTree.TypeNode | undefined;
  readonly isStatic: boolean;
  /** Only a signature: of an interface, an abstract method, an overload. */
  readonly isSignature: boolean;
  readonly mark: OperationMark | null;
}

/** A class or an interface of a file. */
export interface DeclaringType {
  readonly node: TSESTree.ClassDeclaration | TSESTree.ClassExpression | TSESTree.TSInterfaceDeclaration;
  readonly methods: readonly DeclaredMethod[];
  /** The names of all members, in source order. */
  readonly members: readonly {
    readonly name: string;
    readonly nameNode: TSESTree.Node;
    readonly type: TSESTree.TypeNode | undefined;
  }[];
  /** Whether it may have members that are declared elsewhere. */
  readonly isDerived: boolean;
}

/** The classes and interfaces of a file, in source order. */
export function declaringTypesOf(context: Context): DeclaringType[] {
  const index = nodesOf(context.source);
  const nodes = [
    ...index.of("ClassDeclaration"),
    ...index.of("ClassExpression"),
    ...index.of("TSInterfaceDeclaration"),
  ];
  const decorators = new Set([...OPERATION_DECORATORS, ...(context.settings.operationDecorators ?? [])]);
  return nodes
    .map((node): DeclaringType => {
      const elements: readonly TSESTree.Node[] = node.body.body;
      return {
        node,
        methods: elements.flatMap((element) => methodOf(element, decorators) ?? []),
        members: elements.flatMap((element) => memberOf(element) ?? []),
        isDerived: node.type === "TSInterfaceDeclaration" ? node.extends.length > 0 : node.superClass != null,
      };
    })
    .sort((a, b) => a.node.range[0] - b.node.range[0]);
}

function memberOf(element: TSESTree.Node): DeclaringType["members"][0] | null {
  if (!("key" in element) || !("computed" in element)) return null;
  const name = keyName(element);
  const type = "typeAnnotation" in element ? element.typeAnnotation?.typeAnnotation : undefined;
  return name === null ? null : { name, nameNode: element.key as TSESTree.Node, type };
}

function methodOf(element: TSESTree.Node, decorators: ReadonlySet<string>): DeclaredMethod | null {
  switch (element.type) {
    case "MethodDefinition":
    case "TSAbstractMethodDefinition": {
      const name = keyName(element);
      if (name === null || element.kind !== "method") return null;
      const { value } = element;
      return {
        node: element,
        fn: isFunction(value) ? value : null,
        name,
        nameNode: element.key,
        params: value.params,
        returnType: value.returnType?.typeAnnotation,
        isStatic: element.static,
        isSignature: String(value.type) === "TSEmptyBodyFunctionExpression",
        mark: markOf(decoratorsOf(element), decorators),
      };
    }
    case "TSMethodSignature": {
      const name = keyName(element);
      return name === null || element.kind !== "method"
        ? null
        : {
            node: element,
            fn: null,
            name,
            nameNode: element.key,
            params: element.params,
            returnType: element.returnType?.typeAnnotation,
            isStatic: false,
            isSignature: true,
            mark: null,
          };
    }
    default:
      return null;
  }
}

function markOf(decorators: readonly TSESTree.Decorator[], names: ReadonlySet<string>): OperationMark | null {
  for (const node of decorators) {
    const expression = unwrap(node.expression);
    const call = expression.type === "CallExpression" ? expression : null;
    const path = call === null ? dottedName(expression) : (calleeOf(call)?.name ?? null);
    if (path === null || !names.has(lastSegment(path))) continue;
    const [argument] = call?.arguments ?? [];
    const properties =
      argument?.type === "ObjectExpression"
        ? argument.properties.filter((property) => property.type === "Property")
        : [];
    const valueOf = (key: RegExp): { node: TSESTree.Node; value: unknown } | undefined => {
      const property = properties.find((each) => key.test(keyName(each) ?? ""));
      return property?.value.type === "Literal" ? { node: property, value: property.value.value } : undefined;
    };
    const pattern = valueOf(ASYNC_PATTERN);
    const name = valueOf(OPERATION_NAME)?.value;
    return {
      node,
      asyncPattern: typeof pattern?.value === "boolean" ? { node: pattern.node, value: pattern.value } : undefined,
      isOneWay: valueOf(IS_ONE_WAY)?.value === true,
      name: typeof name === "string" ? name : null,
    };
  }
  return null;
}

/** A parameter without the pattern around it. */
export function targetOf(parameter: TSESTree.Parameter): TSESTree.Node {
  if (parameter.type === "TSParameterProperty") return targetOf(parameter.parameter);
  if (parameter.type === "AssignmentPattern") return parameter.left;
  return parameter.type === "RestElement" ? parameter.argument : parameter;
}

/** Whether two parameters of a method have one name: what is meant by it cannot be told, and such a method never runs. */
export function repeatsName({ params }: Pick<DeclaredMethod, "params">): boolean {
  const names = params.flatMap(boundNames);
  return new Set(names).size < names.length;
}

/** The names that a parameter declares, also those in a pattern. */
function boundNames(node: TSESTree.Node | null): string[] {
  switch (node?.type) {
    case "Identifier":
      return [node.name];
    case "TSParameterProperty":
      return boundNames(node.parameter);
    case "AssignmentPattern":
      return boundNames(node.left);
    case "RestElement":
      return boundNames(node.argument);
    case "ArrayPattern":
      return node.elements.flatMap(boundNames);
    case "ObjectPattern":
      return node.properties.flatMap((property) =>
        boundNames(property.type === "Property" ? property.value : property),
      );
    default:
      return [];
  }
}

/** The annotation of a parameter. */
export function parameterType(parameter: TSESTree.Parameter): TSESTree.TypeNode | undefined {
  const target = targetOf(parameter);
  return "typeAnnotation" in target
    ? (target.typeAnnotation as TSESTree.TSTypeAnnotation | undefined)?.typeAnnotation
    : undefined;
}

/** The annotation of what a promise or a task gives; the annotation itself where it is neither. `undefined` for a task of nothing. */
export function awaitedType(type: TSESTree.TypeNode): TSESTree.TypeNode | undefined {
  if (type.type !== "TSTypeReference" || !isAwaitableType(type)) return type;
  return type.typeArguments?.params[0];
}

/** Whether nothing comes back: `void`, `undefined`, a task of such. */
export function isNothingType(type: TSESTree.TypeNode | undefined): boolean {
  if (type === undefined) return true;
  const inner = awaitedType(type);
  return inner === undefined || /^TS(?:Void|Undefined|Never|Null)Keyword$/.test(inner.type);
}

/** A type as text, without white space that means nothing. */
export function typeText(context: Context, type: TSESTree.TypeNode): string {
  return textOf(context.source, type).replaceAll(/\s+/g, " ");
}
