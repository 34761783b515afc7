import { programOf } from "../ast/functions.ts";
import { unwrap } from "../ast/names.ts";
import type { Source, TSESTree } from "../ast/source.ts";
import type { Component } from "./draft.ts";
import { refusalOf } from "./refusals.ts";
import type { TextEdit } from "./types.ts";

/** The globals that migrations write. */
const WRITTEN = ["Array", "Object", "Promise", "AbortController"] as const;

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
  const hidden = sources.map((source) => ({ source, names: hiddenIn(source) })).filter(({ names }) => names.length > 0);
  if (hidden.length === 0) return [...components];
  return components.map((component) => {
    const isHidden = hidden.some(({ source, names }) => {
      const own = component.edits.filter(({ file }) => file === source.ast);
      return names.some((name) => writes(own, source, name));
    });
    if (component.refusals.length > 0 || !isHidden) return component;
    const refusals = component.operations.map((site) => ({
      ...refusalOf("global-hidden", site.nameNode.range, nameOf(site)),
      file: programOf(site.nameNode),
    }));
    return { ...component, edits: [], notes: [], refusals };
  });
}

/** Whether edits of a file write the name of a global that means something else there. */
export function writesHidden(source: Source, edits: readonly TextEdit[]): boolean {
  return hiddenIn(source).some((name) => writes(edits, source, name));
}

function hiddenIn(source: Source): readonly string[] {
  return WRITTEN.filter((name) => isOwn(source, name));
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
          return node.typeParameters == null && node.parent.parent?.type !== "TSModuleDeclaration";
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
function writes(edits: readonly TextEdit[], { text }: Source, name: string): boolean {
  const count = (part: string): number => (part.match(/[\w$]+/gu) ?? []).filter((word) => word === name).length;
  return edits.some((edit) => count(edit.text) > count(text.slice(...edit.range)));
}
