import { memberOf } from "../../ast/functions.ts";
import { wrapped } from "../../ast/names.ts";
import { textOf, type FunctionNode, type TSESTree } from "../../ast/source.ts";
import type { DescribedOperation } from "../operations/operation.ts";
import type { Context } from "../context.ts";
import { hostedFunctionsOf, type HostedFunction } from "./hosted-functions.ts";
import { ownFunctionsOf } from "./own-functions.ts";
import { parameterName } from "./parameters.ts";

/** A function that is called with a completion parameter: it may do without, whatever it does itself. */
export interface CompletionSite {
  readonly fn: FunctionNode;
  /** The completion parameter; `null` where members of another parameter tell the same. */
  readonly parameter: TSESTree.Parameter | null;
  /** The place of that among the parameters. */
  readonly index: number;
  /** What messages call it: its name, or what it is where it has none. */
  readonly name: string;
  /** The narrow place to report. */
  readonly nameNode: TSESTree.Node;
  /** What is known of it by who calls it; `null` for the project itself. */
  readonly host: HostedFunction | null;
}

/** What a migration of callbacks takes up. */
export type CallbackSite = DescribedOperation | CompletionSite;

/** Whether a site is a function that is called with a completion parameter, and no start of an operation. */
export function isCompletionSite(site: CallbackSite): site is CompletionSite {
  return "fn" in site;
}

const known = new WeakMap<Context, readonly CompletionSite[]>();

/** The functions of a file that a host, or the project itself, calls with a completion parameter. */
export function completionSitesOf(context: Context): readonly CompletionSite[] {
  let sites = known.get(context);
  if (sites === undefined) {
    const hosted = hostedFunctionsOf(context);
    sites = [
      ...Array.from(hosted.values(), (host) => {
        const { fn, index, parameter } = host;
        return { ...named(context, fn), fn, parameter, index, host };
      }),
      ...ownFunctionsOf(context).flatMap((fn) =>
        hosted.has(fn)
          ? []
          : [{ ...named(context, fn), fn, parameter: fn.params.at(-1)!, index: fn.params.length - 1, host: null }],
      ),
    ];
    known.set(context, sites);
  }
  return sites;
}

/** What a function is called, by itself or by what holds it; one without a name goes by its completion parameter. */
export function named({ source }: Context, fn: FunctionNode): Pick<CompletionSite, "name" | "nameNode"> {
  const nameNode = nameNodeOf(fn);
  const index = (fn.params as readonly TSESTree.Node[]).indexOf(nameNode);
  if (index >= 0) {
    const parameter = parameterName(fn, index);
    return { name: parameter === null ? "an anonymous function" : `the function with ${parameter}`, nameNode };
  }
  // A variable with a type has that in its range.
  return { name: nameNode.type === "Identifier" ? nameNode.name : textOf(source, nameNode), nameNode };
}

function nameNodeOf(fn: FunctionNode): TSESTree.Node {
  if (fn.type !== "ArrowFunctionExpression" && fn.id !== null) return fn.id;
  const member = memberOf(fn);
  if (member !== null) return member.key;
  const { parent } = wrapped(fn);
  if (parent?.type === "VariableDeclarator") return parent.id;
  if (parent?.type !== "AssignmentExpression") return fn.params.at(-1)!;
  return parent.left.type === "MemberExpression" ? parent.left.property : parent.left;
}
