import type { TSESTree } from "../../ast/source.ts";
import { parse } from "../../ast/parse.ts";
import { applyEdits } from "../../plan/edits.ts";
import type { TextEdit } from "../../plan/types.ts";

const PACKAGE = "eslint-plugin-tapify";
/** Names for the plugin, the first that is free. */
const NAMES = ["tapify", "tapifyPlugin", "eslintPluginTapify"];

/** What becomes of a configuration: its new text, or why it stays as it is. */
export type Added =
  | { readonly kind: "added"; readonly text: string }
  | { readonly kind: "there already" }
  /** Its form is none that can be added to; `lines` are to be added by hand. */
  | { readonly kind: "not known"; readonly lines: readonly string[] };

/**
 * Adds the plugin to a flat configuration of ESLint. The text is parsed, and never run: a default-exported array, or a call of
 * `defineConfig` or `config`, gets one more element.
 *
 * @throws {ParseError} when the text does not parse.
 */
export function addToFlatConfig(text: string, file: string): Added {
  if (text.includes(PACKAGE)) return { kind: "there already" };
  const { ast } = parse(text, file);
  const name = NAMES.find((each) => !text.includes(each)) ?? NAMES[0]!;
  const isModule = ast.body.some(({ type }) => /^(?:Import|Export)/.test(type));
  const line = isModule ? `import ${name} from "${PACKAGE}";` : `const ${name} = require("${PACKAGE}");`;
  const element = `${name}.configs.recommended`;
  const list = listOf(isModule ? exportedValue(ast) : assignedValue(ast), ast);
  if (list === null) return { kind: "not known", lines: [line, `${element},`] };
  const edits = [importEdit(ast, line, text), ...elementEdits(list, element, text)];
  return { kind: "added", text: applyEdits(text, edits) };
}

/** Where a list of configurations ends, and what is in it. */
interface List {
  /** The offset of the bracket that closes it. */
  readonly close: number;
  readonly elements: readonly TSESTree.Node[];
}

function exportedValue({ body }: TSESTree.Program): TSESTree.Node | null {
  const found = body.find((statement) => statement.type === "ExportDefaultDeclaration");
  return found?.type === "ExportDefaultDeclaration" ? found.declaration : null;
}

function assignedValue({ body }: TSESTree.Program): TSESTree.Node | null {
  for (const statement of body) {
    if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") continue;
    const { left, right } = statement.expression;
    if (
      left.type === "MemberExpression" &&
      left.object.type === "Identifier" &&
      left.object.name === "module" &&
      left.property.type === "Identifier" &&
      left.property.name === "exports"
    )
      return right;
  }
  return null;
}

function listOf(value: TSESTree.Node | null, program: TSESTree.Program): List | null {
  switch (value?.type) {
    case "ArrayExpression":
      return { close: value.range[1] - 1, elements: value.elements.filter((element) => element !== null) };
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return listOf(value.expression, program);
    case "Identifier":
      return listOf(constantOf(value.name, program), program);
    case "CallExpression": {
      if (!isConfigCall(value.callee)) return null;
      const [first, ...others] = value.arguments;
      if (first?.type === "ArrayExpression" && others.length === 0) return listOf(first, program);
      return { close: value.range[1] - 1, elements: value.arguments };
    }
    default:
      return null;
  }
}

/** `defineConfig(…)` of ESLint, and `tseslint.config(…)`, which it took the place of. */
function isConfigCall(callee: TSESTree.Node): boolean {
  if (callee.type === "Identifier") return callee.name === "defineConfig";
  return (
    callee.type === "MemberExpression" && callee.property.type === "Identifier" && callee.property.name === "config"
  );
}

/** What a constant of the file is declared as. */
function constantOf(name: string, { body }: TSESTree.Program): TSESTree.Node | null {
  for (const statement of body) {
    if (statement.type !== "VariableDeclaration" || statement.kind !== "const") continue;
    for (const { id, init } of statement.declarations)
      // A constant that is itself a name of another would be one that is hard to read for a person, too.
      if (id.type === "Identifier" && id.name === name) return init?.type === "Identifier" ? null : init;
  }
  return null;
}

/** The import, behind those that are there, or before everything else but directives. */
function importEdit({ body }: TSESTree.Program, line: string, text: string): TextEdit {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const last = body.findLast(
    (statement) => statement.type === "ImportDeclaration" || isRequire(statement) || isDirective(statement),
  );
  if (last !== undefined) return { range: [last.range[1], last.range[1]], text: `${eol}${line}` };
  const start = body[0]?.range[0] ?? text.length;
  return { range: [start, start], text: `${line}${eol}${eol}` };
}

function isDirective(statement: TSESTree.Node): boolean {
  return statement.type === "ExpressionStatement" && statement.directive != null;
}

function isRequire(statement: TSESTree.Node): boolean {
  return (
    statement.type === "VariableDeclaration" &&
    statement.declarations.every(
      ({ init }) =>
        init?.type === "CallExpression" && init.callee.type === "Identifier" && init.callee.name === "require",
    )
  );
}

/** What follows the last element in its line: a comma, and a comment on it. */
const REST_OF_LINE = /^([ \t]*,)?[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*\*\/)?[ \t]*(?=\r?\n)/;

/** One more element at the end of a list, laid out as the one before. */
function elementEdits({ close, elements }: List, element: string, text: string): TextEdit[] {
  const last = elements.at(-1);
  if (last === undefined) return [insertion(close, element)];
  const end = last.range[1];
  const indent = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, last.range[0]));
  const rest = REST_OF_LINE.exec(text.slice(end, close));
  // A comma that follows the last element follows the new one instead.
  if (indent === null || rest === null) return [insertion(end, `, ${element}`)];
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const hasComma = rest[1] !== undefined;
  const added = insertion(end + rest[0].trimEnd().length, `${eol}${indent[1]}${element}${hasComma ? "," : ""}`);
  return hasComma ? [added] : [insertion(end, ","), added];
}

function insertion(offset: number, text: string): TextEdit {
  return { range: [offset, offset], text };
}
