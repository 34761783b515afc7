import { parseLazily } from "../ast/tokens.ts";
import { ParseError } from "../ast/parse-error.ts";
import { enclosingOf, isFunction } from "../ast/functions.ts";
import { nodesOf } from "../ast/node-index.ts";
import type { Variable } from "../ast/scopes.ts";
import type { Source, TSESTree } from "../ast/source.ts";
import { analyze } from "../recognize/analysis.ts";
import type { Context } from "../recognize/context.ts";
import { EditConflict } from "./edit-conflict.ts";
import { applyEdits } from "./edits.ts";
import { intoLists } from "./listed-imports.ts";
import { mergeRemovals } from "./layout.ts";
import { Leftovers, type IsUsedBy } from "./leftovers.ts";
import { namesIn } from "./names-in.ts";
import { unusedVariables, withRemovals } from "./sweep.ts";
import { withSemicolons } from "./write/seams.ts";
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

/** What was checked, with the result as it was parsed for that. */
export interface Checked extends Finished {
  readonly after: Source;
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
): Checked | null {
  try {
    const { carriers, mayVanish, siteOf, sitesOf } = TRANSFORMS[transform];
    const { edits, after } = completeEdits(context, planned, carriers(context, migrated));
    const stays = sitesOf(context).filter((site) => !migrated.includes(site));
    const stemsOf = (sites: readonly Site[]): string[] => sites.map((site) => siteOf(site).operation);
    const [vanishing, expected] = [stays.filter(mayVanish), stays.filter((site) => !mayVanish(site))].map(stemsOf);
    return isExpected(stemsOf(sitesOf(analyzeResult(after, context))), expected!, vanishing!) &&
      areAwaitsLegal(after) &&
      areNamesSound(context, after)
      ? { edits, output: after.text, after }
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
  all: readonly TextEdit[],
  carriers: ReadonlySet<Variable>,
): { readonly edits: readonly TextEdit[]; readonly after: Source } {
  // Most of what is left unused shows without the result.
  const planned = withoutRepeatedImports(all);
  const swept = leftoversOf(source).sweep(planned, carriers, () => null);
  let edits = settled(source, swept.edits);
  let after = reparse(source, edits);
  // What is removed may have been the last use of something else.
  const unused = new Set(swept.unused);
  for (let round = 0; round < 4; round++) {
    const more = unusedVariables(source, edits, after, carriers);
    if (more.length === 0) break;
    for (const variable of more) unused.add(variable);
    edits = settled(source, withRemovals(source, planned, unused));
    after = reparse(source, edits);
  }
  return { edits, after };
}

const leftovers = new WeakMap<Source, Leftovers>();

function leftoversOf(source: Source): Leftovers {
  let known = leftovers.get(source);
  if (known === undefined) leftovers.set(source, (known = new Leftovers(source)));
  return known;
}

/**
 * Completes the edits of one of several plans whose common result has been checked, as if it were alone.
 *
 * @param carriers the variables that may have nothing left to hold
 * @returns `null` where only its own result would tell what it leaves unused
 */
export function completeAlone(
  { source }: Context,
  planned: readonly TextEdit[],
  carriers: ReadonlySet<Variable>,
  isUsedBy: IsUsedBy,
): readonly TextEdit[] | null {
  const { edits, isUncertain } = leftoversOf(source).sweep(withoutRepeatedImports(planned), carriers, isUsedBy);
  return isUncertain ? null : settled(source, edits);
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
  const edits = settled(context.source, withoutRepeatedImports(planned));
  return { edits, output: applyEdits(text, edits) };
}

/** Whether a name that stood in a text, and may have been a variable, may stand there no more after an edit. */
function takesName(text: string, { range, text: added }: TextEdit): boolean {
  const left = namesIn(added);
  return [...namesIn(text, range)].some((name) => !left.has(name));
}

/** Edits as they are made: blank lines that meet are one, and every statement is told from the one above. */
function settled(source: Source, edits: readonly TextEdit[]): readonly TextEdit[] {
  return withSemicolons(source, mergeRemovals(source.text, intoLists(edits)));
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
  "Array",
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
  return parseLazily(applyEdits(source.text, edits), source.filePath);
}

/** Two plans that both need a host's helper import it once. */
function withoutRepeatedImports(edits: readonly TextEdit[]): readonly TextEdit[] {
  const seen = new Set<string>();
  return edits.filter(({ isShared, range, text }) => {
    if (isShared !== true && !/^\s*import \{/.test(text)) return true;
    const key = `${range[0]} ${text}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Whether a result has the sites that stay, and no others but some that may vanish. */
function isExpected(found: readonly string[], expected: readonly string[], vanishing: readonly string[]): boolean {
  const open = [...found];
  const take = (stem: string): boolean => {
    const index = open.indexOf(stem);
    if (index >= 0) open.splice(index, 1);
    return index >= 0;
  };
  if (!expected.every(take)) return false;
  vanishing.forEach(take);
  return open.length === 0;
}
