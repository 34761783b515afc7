import { contains } from "../../ast/flow.ts";
import { isNothing, unwrap } from "../../ast/names.ts";
import { asksFor, presenceTestOf } from "../../ast/presence.ts";
import { parameterVariable, variableOf, writesOf, type Variable } from "../../ast/scopes.ts";
import type { FunctionNode, Source, TSESTree } from "../../ast/source.ts";
import type { CompletionSite } from "../../recognize/completion/completion-sites.ts";
import { isPure } from "../purity.ts";

/*
 * Statements of a function that see to a callback which is not given: they put a function in its place, look for it one place earlier, or give a
 * promise. Where all calls that change give one, they go with the parameter.
 */

/** What a function does about a callback that is not given. */
export interface AbsentCallback {
  /** The statements that do it. */
  readonly gone: readonly TSESTree.Statement[];
  /** What the parameter before it becomes where the callback stood in its place; absent where no statement looks there. */
  readonly shifted?: TSESTree.Expression | null;
}

const NONE: AbsentCallback = { gone: [] };
const known = new WeakMap<FunctionNode, AbsentCallback>();

/** What a function of the project does about a callback that is not given. */
export function absentCallbackOf(source: Source, { fn, host, index }: CompletionSite): AbsentCallback {
  if (host !== null) return NONE;
  let found = known.get(fn);
  if (found === undefined) {
    const variable = parameterVariable(source, fn, index);
    known.set(fn, (found = variable === null || fn.body.type !== "BlockStatement" ? NONE : find(source, fn, variable)));
  }
  return found;
}

/** Whether a node is in one of the statements that go. */
export function isAbsent({ gone }: AbsentCallback, node: TSESTree.Node): boolean {
  return gone.some((statement) => contains(statement, node));
}

/** Whether all that a callback parameter is given in its function is given in statements that go. */
export function isOtherwiseUnwritten(absent: AbsentCallback, variable: Variable): boolean {
  return writesOf(variable).every(({ identifier, init }) => init === true || isAbsent(absent, identifier));
}

function find(source: Source, fn: FunctionNode, variable: Variable): AbsentCallback {
  const { body } = fn.body as TSESTree.BlockStatement;
  const gone: TSESTree.Statement[] = [];
  let shifted: TSESTree.Expression | null | undefined;
  for (const statement of body) {
    const shift = shiftIn(source, fn, variable, statement);
    if (shift !== undefined && shifted === undefined) shifted = shift;
    else if (!isDefault(statement, variable.name) && !isForAbsence(fn, statement, variable)) continue;
    gone.push(statement);
  }
  return { gone, ...(shifted === undefined ? {} : { shifted }) };
}

/** `callback = callback || noop`. */
function isDefault(statement: TSESTree.Statement, name: string): boolean {
  if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") return false;
  const { left, operator, right } = statement.expression;
  if (left.type !== "Identifier" || left.name !== name) return false;
  if (operator === "||=" || operator === "??=") return isPure(right);
  if (operator !== "=") return false;
  if (right.type === "LogicalExpression")
    return right.operator !== "&&" && asksFor(right.left, name) && isName(right.left, name) && isPure(right.right);
  return (
    right.type === "ConditionalExpression" &&
    asksFor(right.test, name) &&
    isName(right.consequent, name) &&
    isPure(right.alternate)
  );
}

/** `if (!callback) …`, with no other branch, and nothing in it that may be a callback after all. */
function isForAbsence(fn: FunctionNode, statement: TSESTree.Statement, variable: Variable): boolean {
  if (statement.type !== "IfStatement" || statement.alternate !== null) return false;
  const asked = variable.references.find(({ identifier }) => {
    const test = presenceTestOf(identifier);
    return test?.isPresent === false && unwrap(test.test) === unwrap(statement.test);
  });
  if (asked === undefined) return false;
  return writesOf(variable).every(
    ({ identifier, writeExpr }) =>
      !contains(statement, identifier) || (writeExpr != null && !isParameter(fn, writeExpr) && isPure(writeExpr)),
  );
}

/** `if (typeof options === "function") { callback = options; options = {}; }`: what the parameter becomes then, `null` for nothing. */
function shiftIn(
  source: Source,
  fn: FunctionNode,
  variable: Variable,
  statement: TSESTree.Statement,
): TSESTree.Expression | null | undefined {
  if (statement.type !== "IfStatement" || statement.alternate !== null) return undefined;
  const before = parameterVariable(source, fn, fn.params.length - 2);
  if (before === null) return undefined;
  const { consequent, test } = statement;
  const list = consequent.type === "BlockStatement" ? consequent.body : [consequent];
  const given = list.map((each) => assignmentIn(each));
  const [callback, other] = given;
  if (given.length > 2 || callback == null || (given.length === 2 && other == null)) return undefined;
  const takes = variableOf(source, callback.left) === variable && variableOf(source, callback.right) === before;
  const asksBefore = /^typeof /u.test(source.text.slice(...test.range)) && asksFor(test, before.name);
  const asksOwn = variable.references.some(({ identifier }) => {
    const asked = presenceTestOf(identifier);
    return asked?.isPresent === false && unwrap(asked.test) === unwrap(test);
  });
  if (!takes || (!asksBefore && !asksOwn)) return undefined;
  if (other === undefined) return undefined;
  if (variableOf(source, other!.left) !== before || !isConstant(other!.right)) return undefined;
  return isNothing(other!.right) && unwrap(other!.right).type === "Identifier" ? null : other!.right;
}

/** Whether an expression gives the same in any place, each time anew. */
function isConstant(expression: TSESTree.Expression): boolean {
  const value = unwrap(expression);
  if (value.type === "ObjectExpression") return value.properties.length === 0;
  if (value.type === "ArrayExpression") return value.elements.length === 0;
  return value.type === "Literal" || isNothing(value);
}

function assignmentIn(statement: TSESTree.Statement): TSESTree.AssignmentExpression | null {
  if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") return null;
  return statement.expression.operator === "=" ? statement.expression : null;
}

function isName(node: TSESTree.Node, name: string): boolean {
  const value = unwrap(node);
  return value.type === "Identifier" && value.name === name;
}

function isParameter({ params }: FunctionNode, node: TSESTree.Node): boolean {
  return params.some((each) => each.type === "Identifier" && isName(node, each.name));
}
