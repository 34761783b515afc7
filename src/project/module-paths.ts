import { dirname, join, resolve } from "node:path";
import type * as TypeScript from "typescript";
import type { Project } from "./project.ts";

/** The endings by which a path may name a file without one, and the files by which it names their folder. */
const ENDINGS = ["", ".js", ".cjs", ".mjs", ".jsx", ".ts", ".tsx", ".cts", ".mts"];
const PATHS = [...ENDINGS, ...ENDINGS.slice(1).map((ending) => `/index${ending}`)];

/** The files of a project by the paths that its code names them by. */
export class ModulePaths {
  readonly #project: Project;
  readonly #compiler: Project["compiler"];

  constructor(project: Project) {
    this.#project = project;
    this.#compiler = project.compiler;
  }

  /** The file that a relative path names; `null` for none of the project's. */
  fileAt({ fileName }: TypeScript.SourceFile, path: string): string | null {
    if (!/^\.\.?(?:\/|$)/.test(path)) return null;
    const file = resolve(dirname(fileName), path);
    for (const ending of PATHS) {
      const own = this.#project.ownName(file + ending);
      if (own !== null) return own;
    }
    return null;
  }

  /** The files that a path which is computed may name: those with the beginning that is known of it, all of them without one. */
  filesNamedBy({ fileName }: TypeScript.SourceFile, path: TypeScript.Expression): readonly string[] {
    const beginning = this.#beginningOf(path);
    if (beginning === null) return this.#project.files;
    if (!/^\.{0,2}(?:\/|$)/.test(beginning)) return [];
    const start = beginning.startsWith("/")
      ? beginning
      : `${resolve(dirname(fileName), beginning)}${beginning.endsWith("/") ? "/" : ""}`;
    return this.#project.files.filter((file) => file.startsWith(start));
  }

  /** What a path surely begins with; `null` where nothing is known of it. */
  #beginningOf(path: TypeScript.Expression): string | null {
    const {
      isBinaryExpression,
      isCallExpression,
      isIdentifier,
      isStringLiteralLike,
      isTemplateExpression,
      SyntaxKind,
    } = this.#compiler;
    if (isStringLiteralLike(path)) return path.text;
    const folder = (node: TypeScript.Node): string | null =>
      isIdentifier(node) && node.text === "__dirname" ? dirname(node.getSourceFile().fileName) : null;
    if (isIdentifier(path)) return folder(path);
    if (isTemplateExpression(path)) {
      if (path.head.text !== "") return path.head.text;
      const span = path.templateSpans[0]!;
      const own = folder(span.expression);
      return own === null ? null : own + span.literal.text;
    }
    if (isBinaryExpression(path) && path.operatorToken.kind === SyntaxKind.PlusToken) {
      const left = this.#beginningOf(path.left);
      if (left === null || !this.#isWhole(path.left)) return left;
      const right = isStringLiteralLike(path.right) ? path.right.text : "";
      return left + right;
    }
    if (isCallExpression(path) && /(?:^|\.)(?:join|resolve)$/.test(path.expression.getText())) {
      const parts: string[] = [];
      for (const argument of path.arguments) {
        const part = isStringLiteralLike(argument) ? argument.text : folder(argument);
        if (part === null) break;
        parts.push(part);
      }
      return parts.length === 0 ? null : join(...parts, "/");
    }
    return null;
  }

  /** Whether all of a text is known, not its beginning alone. */
  #isWhole(path: TypeScript.Expression): boolean {
    const { isIdentifier, isStringLiteralLike } = this.#compiler;
    return isStringLiteralLike(path) || (isIdentifier(path) && path.text === "__dirname");
  }
}
