import { parse } from "../ast/parse.ts";
import { ParseError } from "../ast/parse-error.ts";
import { enclosingOf, isFunction } from "../ast/functions.ts";
import { nodesOf } from "../ast/node-index.ts";
import type { Variable } from "../ast/scopes.ts";
import type { Source, TSESTree } from "../ast/source.ts";
import { analyze } from "../recognize/analysis.ts";
import type { Context } from "../recognize/context.ts";
import { EditConflict } from "./edit-conflict.ts";
import { applyEdits } from "./edits.ts";
import { mergeRemovals } from "./layout.ts";
import { removals, unusedVariables } from "./sweep.ts";
import { TRANSFORMS, type Site } from "./transforms.ts";
import type { TextEdit, SiteTransformName } from "./types.ts";

/** Analyses the result of a migration, as the file that it was made of was analysed: what types tell of one they have to tell of the other. */
export type AnalyzeResult = (after: Source, before: Context) => Context;

const analyzeAlone: AnalyzeResult = (after, { settings }) => analyze(after, settings);

/** The edits of one or more plans, complete: with what they leave unused swept away, and checked. */
export interface Finished {
  readonly edits: readonly TextEdit[];
  readonly output: string;
}

/**
 * Completes the edits of plans and checks their result: it parses, the migrated operations are gone, and nothing new is found.
 *
 * @returns `null` when the result does not pass; then nothing may be edited.
 */
export function finishEdits(
  context: Context,
  transform: SiteTransformName,
  migrated: readonly Site[],
  planned: readonly TextEdit[],
  analyzeResult = analyzeAlone,
): Finished | null {
  try {
    const { carriers, sitesOf } = TRANSFORMS[transform];
    const { edits, after } = completeEdits(context, planned, carriers(context, migrated));
    const expected = stemsOf(
      transform,
      sitesOf(context).filter((site) => !migrated.includes(site)),
    );
    return expected === stemsOf(transform, sitesOf(analyzeResult(after, context))) &&
      areAwaitsLegal(after) &&
      areNamesSound(context, after)
      ? { edits, output: after.text }
      : null;
  } catch (error) {
    // A result that does not parse, or edits that overlap, are our defect; the file stays as it is and the refusal says so.
    if (error instanceof ParseError || error instanceof EditConflict) return null;
    throw error;
  }
}

/** Completes edits and checks that the result parses and that every await and every name in it means something; `null` when not. */
export function soundEdits(
  context: Context,
  planned: readonly TextEdit[],
  carriers: ReadonlySet<Variable>,
): Finished | null {
  try {
    const { edits, after } = completeEdits(context, planned, carriers);
    return areAwaitsLegal(after) && areNamesSound(context, after) ? { edits, output: after.text } : null;
  } catch (error) {
    if (error instanceof ParseError || error instanceof EditConflict) return null;
    throw error;
  }
}

/**
 * Completes edits: what they leave unused is swept away.
 *
 * @param carriers the variables that may have nothing left to hold
 * @throws {ParseError | EditConflict} when the result does not parse, or the edits contradict each other.
 */
function completeEdits(
  { source }: Context,
  planned: readonly TextEdit[],
  carriers: ReadonlySet<Variable>,
): { readonly edits: readonly TextEdit[]; readonly after: Source } {
  let edits = withoutRepeatedImports(planned);
  let after = reparse(source, edits);
  // What is removed may have been the last use of something else.
  const kept = edits;
  const unused = new Set<Variable>();
  for (let round = 0; round < 4; round++) {
    const more = unusedVariables(source, edits, after, carriers);
    if (more.length === 0) break;
    for (const variable of more) unused.add(variable);
    const swept = removals(source, [...unused]);
    // A removal takes along what was edited inside it.
    edits = [
      ...kept.flatMap((edit) => {
        const around = swept.find(({ range }) => range[0] <= edit.range[0] && edit.range[0] < range[1]);
        if (around === undefined) return [edit];
        return edit.isShared === true ? [{ ...edit, range: [around.range[0], around.range[0]] as const }] : [];
      }),
      ...swept,
    ];
    after = reparse(source, edits);
  }
  edits = mergeRemovals(source.text, edits);
  const output = applyEdits(source.text, edits);
  return { edits, after: output === after.text ? after : parse(output, source.filePath) };
}

/**
 * Completes edits that leave no variable without a value, and at most imports without a use.
 *
 * @throws {ParseError | EditConflict} when the result is seen not to parse, or the edits contradict each other. It is parsed only where an
 *   edit takes a name away.
 */
export function completeUses(context: Context, planned: readonly TextEdit[]): Finished {
  const { text } = context.source;
  if (planned.some((edit) => takesName(text, edit))) {
    const { edits, after } = completeEdits(context, planned, new Set());
    return { edits, output: after.text };
  }
  const edits = mergeRemovals(text, withoutRepeatedImports(planned));
  return { edits, output: applyEdits(text, edits) };
}

/** Whether a name that stood in a text, and may have been a variable, may stand there no more after an edit. */
function takesName(text: string, { range: [start, end], text: added }: TextEdit): boolean {
  const left = new Set(Array.from(namesIn(added), ([name]) => name));
  return Array.from(namesIn(text.slice(start, end))).some(
    ({ 0: name, index }) => !left.has(name) && !isMemberAt(text, start + index),
  );
}

function namesIn(text: string): Iterable<RegExpExecArray> {
  return text.matchAll(/[\p{ID_Continue}$\\]+/gu);
}

/** Whether a name is that of a member: it stands behind a dot, and not behind those of a spread. */
function isMemberAt(text: string, offset: number): boolean {
  let end = offset;
  while (end > 0 && /\s/.test(text[end - 1]!)) end--;
  return text[end - 1] === "." && text[end - 2] !== ".";
}

/** Whether every await stands in an async function or at the top level: the parser lets others pass. */
function areAwaitsLegal(after: Source): boolean {
  return nodesOf(after)
    .of("AwaitExpression")
    .every((node) => {
      const unit = enclosingOf(node);
      return isFunction(unit) ? unit.async : unit.type === "Program";
    });
}

/** The globals that a migration writes. */
const WRITTEN = [
  "undefined",
  "Promise",
  "PromiseLike",
  "Object",
  "Math",
  "Error",
  "String",
  "AbortController",
  "AbortSignal",
  "setTimeout",
  "clearTimeout",
  "console",
  "process",
];

/** Whether every name of the result means something, if it did before, and none is declared twice in one scope. */
function areNamesSound({ source, host }: Context, after: Source): boolean {
  const { taskToPromise } = host;
  const known = new Set([
    ...unresolvedNames(source),
    ...WRITTEN,
    ...(taskToPromise.kind === "call" ? taskToPromise.owners : []),
  ]);
  const repeated = new Set(repeatedNames(source));
  return (
    unresolvedNames(after).every((name) => known.has(name)) && repeatedNames(after).every((name) => repeated.has(name))
  );
}

function unresolvedNames({ scopeManager }: Source): string[] {
  // Names that a configuration or a library declares resolve to variables without a definition, for some parsers only.
  return scopeManager.scopes.flatMap((scope) =>
    scope.references
      .filter(({ resolved }) => resolved === null || resolved.defs.length === 0)
      .map((reference) => String((reference.identifier as { name?: unknown }).name)),
  );
}

function repeatedNames({ scopeManager }: Source): string[] {
  const isBlockScoped = (definition: { node: TSESTree.Node }) =>
    definition.node.type === "VariableDeclarator" && definition.node.parent.kind !== "var";
  return scopeManager.scopes.flatMap((scope) =>
    scope.variables
      .filter((variable) => variable.defs.length > 1 && variable.defs.some((definition) => isBlockScoped(definition)))
      .map((variable) => variable.name),
  );
}

function reparse(source: Source, edits: readonly TextEdit[]): Source {
  return parse(applyEdits(source.text, edits), source.filePath);
}

/** Two plans that both need a host's helper import it once. */
function withoutRepeatedImports(edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.filter(
    (edit, index) =>
      (edit.isShared !== true && !/^\s*import \{/.test(edit.text)) ||
      edits.findIndex((other) => other.range[0] === edit.range[0] && other.text === edit.text) === index,
  );
}

function stemsOf(transform: SiteTransformName, sites: readonly Site[]): string {
  return sites
    .map((site) => TRANSFORMS[transform].siteOf(site).operation)
    .sort()
    .join();
}
