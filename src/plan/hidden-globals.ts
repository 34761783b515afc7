import { programOf } from "../ast/functions.ts";
import { unwrap } from "../ast/names.ts";
import type { Source, TSESTree } from "../ast/source.ts";
import type { Component } from "./draft.ts";
import { refusalOf } from "./refusals.ts";

/** The globals that migrations write. */
const WRITTEN = ["Promise", "AbortController"] as const;

/**
 * Refuses what would write the name of a global that means something else in its file.
 *
 * @param nameOf how messages call a site
 */
export function withoutHidden<Site extends { readonly nameNode: TSESTree.Node }>(
  components: readonly Component<Site>[],
  sources: readonly Source[],
  nameOf: (site: Site) => string,
): Component<Site>[] {
  const hidden = sources.flatMap((source) =>
    WRITTEN.filter((name) => isOwn(source, name)).map((name) => ({ source, name })),
  );
  if (hidden.length === 0) return [...components];
  return components.map((component) => {
    const isHidden = hidden.some(({ source, name }) => writes(component, source, name));
    if (component.refusals.length > 0 || !isHidden) return component;
    const refusals = component.operations.map((site) => ({
      ...refusalOf("global-hidden", site.nameNode.range, nameOf(site)),
      file: programOf(site.nameNode),
    }));
    return { ...component, edits: [], notes: [], refusals };
  });
}

/** Whether a file declares a name as something of its own: not the promise of a library, nor more of what the global has. */
function isOwn(source: Source, name: string): boolean {
  return source.scopeManager.scopes.some((scope) =>
    (scope.set.get(name)?.defs ?? []).some(({ node }) => {
      switch (node.type) {
        case "ClassDeclaration":
        case "ClassExpression":
        case "FunctionDeclaration":
        case "FunctionExpression":
        case "TSEnumDeclaration":
          return true;
        case "TSInterfaceDeclaration":
        case "TSTypeAliasDeclaration":
          return node.typeParameters === undefined && node.parent.parent?.type !== "TSModuleDeclaration";
        case "VariableDeclarator":
          return (
            node.init !== null &&
            /^(?:Object|Array|Class|Function|ArrowFunction)Expression$|^(?:Literal|TemplateLiteral)$/.test(
              unwrap(node.init).type,
            )
          );
        default:
          return false;
      }
    }),
  );
}

/** Whether edits of a file write a name that was not in what they replace. */
function writes({ edits }: Pick<Component<never>, "edits">, { ast, text }: Source, name: string): boolean {
  const count = (part: string): number => (part.match(/[\w$]+/gu) ?? []).filter((word) => word === name).length;
  const own = edits.filter(({ file }) => file === ast);
  return own.some((edit) => count(edit.text) > count(text.slice(...edit.range)));
}
