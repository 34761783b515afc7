import { unwrap } from "../../ast/names.ts";
import { variableOf, type Variable } from "../../ast/scopes.ts";
import type { TSESTree } from "../../ast/source.ts";
import { isCompletionSite, type CallbackSite } from "../../recognize/completion/completion-sites.ts";
import type { Context } from "../../recognize/context.ts";

/** The variables that hold libraries whose calls are gone: they may be required for nothing any more. */
export function librariesOf({ source }: Context, migrated: readonly CallbackSite[]): ReadonlySet<Variable> {
  return new Set(
    migrated.flatMap((site) => {
      if (isCompletionSite(site) || site.form.awaited.kind !== "composed") return [];
      const variable = variableOf(source, rootOf(site.call.callee));
      return variable !== null && isRequired(variable) ? [variable] : [];
    }),
  );
}

function rootOf(expression: TSESTree.Node): TSESTree.Node {
  const node = unwrap(expression);
  return node.type === "MemberExpression" ? rootOf(node.object) : node;
}

function isRequired({ defs: [definition] }: Variable): boolean {
  if (definition?.node.type !== "VariableDeclarator" || definition.node.init === null) return false;
  const init = rootOf(definition.node.init);
  return init.type === "CallExpression" && init.callee.type === "Identifier" && init.callee.name === "require";
}
