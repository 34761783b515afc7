import { isLineBlankFrom, lineEnd, lineStart, nextLine } from "../../../ast/lines.ts";
import type { Source, TSESTree } from "../../../ast/source.ts";
import { walk } from "../../../ast/walk.ts";

/** Comments that speak of what follows, some of them of the very next line: nothing may come between. */
const DIRECTIVE =
  /^[\s*]*(?:@ts-|prettier-ignore|(?:eslint|oxlint|tslint)[-:]disable|biome-ignore|deno-lint-ignore|(?:istanbul|c8|v8) ignore)/;

/** The fields whose nodes may stand in lines of their own, with comments between them. */
const LISTS: Readonly<Record<string, string>> = {
  Program: "body",
  BlockStatement: "body",
  StaticBlock: "body",
  TSModuleBlock: "body",
  ClassBody: "body",
  TSInterfaceBody: "body",
  TSTypeLiteral: "members",
  SwitchCase: "consequent",
  ObjectExpression: "properties",
  ArrayExpression: "elements",
  CallExpression: "arguments",
  NewExpression: "arguments",
};

/**
 * Finds the lines before which a comment about something can stand: in front of the innermost statement, member or element around it that
 * begins its line, and is in no template. A line that is put there divides nothing that stood in one line before.
 */
export class TodoPlaces {
  readonly #source: Source;
  /** What begins its line, the outer before the inner. */
  readonly #items: TSESTree.Node[] = [];

  constructor(source: Source) {
    this.#source = source;
    walk(source.ast, source.visitorKeys, (node) => {
      if (node.type === "TemplateLiteral") return false;
      const list = LISTS[node.type];
      if (list === undefined) return true;
      for (const item of (node as unknown as Record<string, readonly (TSESTree.Node | null)[]>)[list] ?? [])
        if (item !== null && this.#beginsLine(item.range[0])) this.#items.push(item);
      return true;
    });
  }

  /** The offset of the line before which a comment about an offset stands. */
  lineFor(offset: number): number {
    const item = this.#items.findLast(({ range: [start, end] }) => start <= offset && offset < end);
    const { text } = this.#source;
    if (item === undefined) return text.startsWith("#!") ? nextLine(text, 0) : 0;
    return this.#aboveDirectives(lineStart(text, item.range[0]));
  }

  #beginsLine(offset: number): boolean {
    const { text } = this.#source;
    // Without semicolons, the one in front of a bracket ends the statement before.
    return isLineBlankFrom(text.slice(lineStart(text, offset), offset).replace(";", ""), 0);
  }

  #aboveDirectives(line: number): number {
    const { ast, text } = this.#source;
    let place = line;
    while (place > 0) {
      const above = lineStart(text, place - 1);
      const comment = (ast.comments ?? []).find(({ range: [start] }) => above <= start && start < place);
      if (comment === undefined || !DIRECTIVE.test(comment.value)) return place;
      const [start, end] = comment.range;
      const isAlone = this.#beginsLine(start) && isLineBlankFrom(text, end) && lineEnd(text, end) < place;
      if (!isAlone) return place;
      place = above;
    }
    return place;
  }
}
