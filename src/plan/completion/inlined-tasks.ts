import { contains, isLoop } from "../../ast/flow.ts";
import { unwrap } from "../../ast/names.ts";
import { parameterVariable, writesOf } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import { findAll } from "../../ast/walk.ts";
import type { Composition } from "../../recognize/compositions/composition.ts";
import type { Compositions } from "./compositions.ts";
import type { FileDecisions } from "./file-decisions.ts";

/** The functions of a file whose code can be that of the loop which calls them: where they are done, the loop goes on. */
export function inlinedTasks(file: FileDecisions, compositions: Compositions): ReadonlySet<FunctionNode> {
  const { source } = file.context;
  return new Set(
    compositions.alive.flatMap(({ composition, context }) => {
      const { form, list, tasks } = composition;
      const isLoopOfCalls = form.order === "inTurn" && form.gives === "nothing" && list !== null;
      if (context !== file.context || !isLoopOfCalls) return [];
      return tasks.flatMap(({ fn, given, parameter }) => {
        if (fn === null || parameter === null || unwrap(given) !== fn) return [];
        const mayBe = namesInLoop(source, composition, fn) !== null;
        return mayBe && isPlainCode(source, fn) && !leavesFromInside(file, fn) ? [fn] : [];
      });
    }),
  );
}

/** The names of a function's values, where they can be those of a loop over the list; `null` where they mean something in that. */
export function namesInLoop(source: Source, { list }: Composition, fn: FunctionNode): readonly string[] | null {
  const own = fn.params.slice(0, -1);
  const names = own.map(({ range }) => source.text.slice(...range));
  // In the list, a name of the loop has no value yet.
  const words = new Set(source.text.slice(...list!.range).match(/[\p{ID_Continue}$]+/gu));
  const isPlain = own.every((each, index) => {
    const variable = parameterVariable(source, fn, index);
    return (
      each.type === "Identifier" && each.typeAnnotation == null && variable !== null && writesOf(variable).length === 0
    );
  });
  return isPlain && names.every((name) => !words.has(name)) ? names : null;
}

/** Whether nothing in a function's code belongs to a function and to no block. */
function isPlainCode(source: Source, { body }: FunctionNode): boolean {
  if (body.type !== "BlockStatement") return false;
  const isHoisted = (node: TSESTree.Node): node is TSESTree.Node =>
    (node.type === "VariableDeclaration" && node.kind === "var") ||
    node.type === "FunctionDeclaration" ||
    (node.type === "ExpressionStatement" && node.directive != null);
  return findAll(body, source.visitorKeys, isHoisted).length === 0;
}

/** Whether the code leaves from a place from which `continue` would lead elsewhere. */
function leavesFromInside({ completions, decisions }: FileDecisions, fn: FunctionNode): boolean {
  const places = [...completions.calls.keys(), ...[...decisions.keys()].map(({ call }) => call)];
  return places.some((place) => contains(fn, place) && isInBreakable(place, fn));
}

function isInBreakable(place: TSESTree.Node, fn: FunctionNode): boolean {
  for (let current = place.parent; current && current !== fn; current = current.parent)
    if (isLoop(current) || current.type === "SwitchStatement" || current.type === "LabeledStatement") return true;
  return false;
}
