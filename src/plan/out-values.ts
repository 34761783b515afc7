import { listedStatement } from "../ast/flow.ts";
import { indentAt, lineBreakOf } from "../ast/lines.ts";
import { calleeOf, unwrap, wrapped } from "../ast/names.ts";
import { variableOf } from "../ast/scopes.ts";
import { textOf, type FunctionNode, type TSESTree } from "../ast/source.ts";
import type { Context } from "../recognize/context.ts";
import { targetOf } from "../recognize/contracts/contract-members.ts";
import { declarationsOf } from "../recognize/declarations.ts";
import type { EndCall, Operation } from "../recognize/begin-end/operation.ts";
import { outputsOf, type Outputs } from "../recognize/events/outputs.ts";
import { terminator } from "./layout.ts";
import type { PlannerBase } from "./planner-base.ts";
import { takeOutputs } from "./events/event-outputs.ts";
import type { Range } from "./types.ts";
import { madeHolder, type Holder, removableHolder, holderTarget } from "./out-holders.ts";

/** One output: the member of what is awaited, and where its value goes. */
interface Output {
  readonly member: string;
  readonly target: string;
}

/** What becomes of one End: the edits around it, and the declarations of holders that nothing needs any more. */
interface EndEdits {
  readonly edits: readonly { readonly range: Range; readonly text: string }[];
  readonly gone: readonly TSESTree.VariableDeclaration[];
}

/**
 * Lets the values that an End leaves in holders come out of what is awaited: `const count = s.EndRead(total, ar)` becomes
 * `const { result: count, total } = await …`, and the reads of the holder become reads of the value. A holder that more is done with gets
 * its value assigned. Only where the twin of the operation gives them all.
 *
 * @returns the declarations of holders that are to go; `null` where the Ends go on needing their further arguments.
 */
export function writeOutputs(
  planner: PlannerBase,
  operation: Operation,
  given: Map<FunctionNode, Outputs>,
): readonly TSESTree.VariableDeclaration[] | null {
  const { context, draft, target } = planner;
  if (operation.event !== null) return takeOutputs(planner, operation, operation.event, given) ? [] : null;
  const outputs =
    target === "adapter" || context.host.taskToPromise.kind === "never" ? null : outputsOf(context, operation);
  if (outputs === null) return null;
  const inputs = operation.inputs.map((input, index) =>
    isByReference(context, operation, index, outputs) ? inputEdit(context, input) : null,
  );
  const ends = operation.ends.map((end) => endEdits(planner, end, outputs));
  if (inputs.includes("unsupported") || ends.includes(null)) return null;
  for (const edit of inputs)
    if (edit !== null && edit !== "unsupported") draft.replace(operation, edit.range, edit.text);
  for (const end of ends) for (const { range, text } of end!.edits) draft.replace(operation, range, text);
  return ends.flatMap((end) => end!.gone);
}

/** Whether the Begin takes an input by reference: it comes out of the End under the same name. Where no declaration tells, its holder does. */
function isByReference(
  context: Context,
  { begin, inputs, receiver }: Operation,
  index: number,
  { outs }: Outputs,
): boolean {
  const [declared] = declarationsOf(context, receiver, calleeOf(begin)!.name, begin);
  const name =
    declared === undefined ? context.types?.parameterNames(begin)?.[index] : nameOfParameter(declared.params[index]);
  if (name === undefined) return unwrap(inputs[index]!).type === "NewExpression";
  return name !== null && outs.some((out) => out.toLowerCase() === name.toLowerCase());
}

function nameOfParameter(parameter: TSESTree.Parameter | undefined): string | null {
  const target = parameter === undefined ? undefined : targetOf(parameter);
  return target?.type === "Identifier" ? target.name : null;
}

/** A holder among the inputs: its value is handed over, and not the holder. */
function inputEdit(
  context: Context,
  input: TSESTree.CallExpressionArgument,
): { readonly range: Range; readonly text: string } | "unsupported" | null {
  const made = madeHolder(input);
  if (made !== null) {
    // What only comes out has no value to go in.
    return made.value === null ? "unsupported" : { range: input.range, text: textOf(context.source, made.value) };
  }
  const node = unwrap(input);
  if (node.type !== "Identifier") return null;
  const variable = variableOf(context.source, node);
  const init = variable?.defs[0]?.node;
  const holder = init?.type === "VariableDeclarator" && init.init != null ? madeHolder(init.init) : null;
  return holder === null ? null : { range: input.range, text: `${node.name}.${holder.member}` };
}

function endEdits(planner: PlannerBase, end: EndCall, outputs: Outputs): EndEdits | null {
  const { context } = planner;
  const { source } = context;
  const place = wrapped(end.call);
  const { parent } = place;
  const statement = listedStatement(end.call);
  if (statement === null || parent === undefined || parent === null) return null;
  const declaration =
    parent.type === "VariableDeclarator" && parent.parent.declarations.length === 1 && parent.parent === statement
      ? parent
      : null;
  const assignment =
    parent.type === "AssignmentExpression" &&
    parent.operator === "=" &&
    parent.right === place &&
    parent.parent === statement
      ? parent
      : null;
  if (declaration === null && assignment === null && parent !== statement) return null;
  // What is cast is the value, and what is awaited is more than that.
  if (place !== end.call && (declaration !== null || assignment !== null)) return null;
  if (declaration !== null && declaration.id.type !== "Identifier") return null;
  if (outputs.result === null && (declaration !== null || assignment !== null)) return null;

  const holders = end.extraArguments.map((argument) => ({
    argument,
    removable: removableHolder(context, argument, end, statement),
  }));
  if (declaration !== null || (assignment === null && holders.every(({ removable }) => removable !== null)))
    return declaring(planner, end, outputs, statement, declaration, holders);
  const targets = holders.map(({ argument }) => holderTarget(context, argument));
  if (targets.includes(null)) return null;
  const lhs = assignment === null ? null : textOf(source, assignment.left);
  const values = [
    ...(lhs === null ? [] : [{ member: outputs.result!, target: lhs }]),
    ...targets.map((target, index) => ({ member: outputs.outs[index]!, target: target! })),
  ];
  const { call } = end;
  return {
    edits: [
      { range: [statement.range[0], call.range[0]], text: `(${patternOf(values)} = ` },
      { range: [call.range[1], call.range[1]], text: ")" },
    ],
    gone: [],
  };
}

/** `const count = End(…)`, or an End by itself: a declaration of all values that anybody reads; holders that stay get theirs behind it. */
function declaring(
  { context, names }: PlannerBase,
  end: EndCall,
  outputs: Outputs,
  statement: TSESTree.Statement,
  declaration: TSESTree.VariableDeclarator | null,
  holders: readonly Holder[],
): EndEdits | null {
  const { source } = context;
  const values: Output[] =
    declaration === null ? [] : [{ member: outputs.result!, target: (declaration.id as TSESTree.Identifier).name }];
  const assigned: string[] = [];
  for (const [index, { argument, removable }] of holders.entries()) {
    const member = outputs.outs[index]!;
    if (removable !== null) {
      if (removable.reads.length > 0) values.push({ member, target: removable.variable.name });
      continue;
    }
    const holder = holderTarget(context, argument);
    if (holder === null) return null;
    const target = names.unique(end.call, [`${textOf(source, argument)}Value`]);
    values.push({ member, target });
    assigned.push(
      `${lineBreakOf(source.text)}${indentAt(source.text, statement.range[0])}${holder} = ${target}${terminator(source, statement)}`,
    );
  }
  const edits = holders.flatMap(({ removable }) =>
    (removable?.reads ?? []).map(({ node, name }) => ({ range: node.range, text: name })),
  );
  const gone = holders.flatMap(({ removable }) => removable?.declaration ?? []);
  if (values.length === 0) return { edits, gone };
  edits.push({
    range: [statement.range[0], end.call.range[0]],
    text: `${declaration?.parent.kind ?? "const"} ${patternOf(values)} = `,
  });
  if (assigned.length > 0) edits.push({ range: [statement.range[1], statement.range[1]], text: assigned.join("") });
  return { edits, gone };
}

function patternOf(values: readonly Output[]): string {
  return `{ ${values.map(({ member, target }) => (member === target ? member : `${member}: ${target}`)).join(", ")} }`;
}
