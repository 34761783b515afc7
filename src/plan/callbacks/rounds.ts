import { alwaysLeaves, contains, isInBreakable, statementList } from "../../ast/flow.ts";
import { isFunction } from "../../ast/functions.ts";
import { hasLineBreak, indentAt, lineBreakOf } from "../../ast/lines.ts";
import type { TSESTree } from "../../ast/source.ts";
import { walk } from "../../ast/walk.ts";
import { commentsIn, indentUnitOf, semicolon, terminator } from "../layout.ts";
import { removeStatement } from "../remove-statement.ts";
import type { Planner } from "../planner.ts";
import type { RoundInputs } from "./round-inputs.ts";
import { repeatStatement } from "./round-starts.ts";
import type { Range } from "../types.ts";
import type { CallbackShape } from "./callback-shape.ts";

/**
 * Turns the ways out of a callback into those of a loop body: where it begins again the next round follows by itself, everywhere
 * else it breaks. Gives `false`, having edited nothing, when it begins again anywhere but as its last act.
 */
export function writeRounds(
  planner: Planner,
  shape: CallbackShape,
  body: TSESTree.BlockStatement,
  inputs: RoundInputs,
): boolean {
  const rounds = new Rounds(planner, shape, inputs);
  if (!rounds.readBlock(body) || !rounds.readReturns(body)) return false;
  rounds.write();
  return true;
}

class Rounds {
  readonly #planner: Planner;
  readonly #shape: CallbackShape;
  readonly #repeats: ReadonlySet<TSESTree.Node | null>;
  readonly #seen = new Set<TSESTree.Node>();
  readonly #edits: (() => void)[] = [];
  readonly #inputs: RoundInputs;

  constructor(planner: Planner, shape: CallbackShape, inputs: RoundInputs) {
    this.#inputs = inputs;
    this.#planner = planner;
    this.#shape = shape;
    this.#repeats = new Set(shape.repeats.map(repeatStatement));
  }

  write(): void {
    for (const edit of this.#edits) edit();
  }

  #holdsRepeat(node: TSESTree.Node): boolean {
    return this.#shape.repeats.some((repeat) => contains(node, repeat.begin));
  }

  /** Reads a block that is the last thing the callback runs. */
  readBlock(block: TSESTree.BlockStatement): boolean {
    const staying = block.body.filter(
      (statement) => !this.#shape.removed.has(statement) && statement.type !== "EmptyStatement",
    );
    const last = staying.at(-1);
    if (!staying.slice(0, -1).every((statement) => !this.#holdsRepeat(statement) || this.#readEarly(statement)))
      return false;
    if (last !== undefined && this.#repeats.has(last)) return this.#dropRepeat(last);
    if (last?.type === "IfStatement" && this.#holdsRepeat(last)) return this.#readIf(last);
    if (last !== undefined && this.#holdsRepeat(last)) return false;
    if (last?.type === "ReturnStatement" || last?.type === "ThrowStatement") return true;
    this.#breakAtEnd(block, last);
    return true;
  }

  #readIf(statement: TSESTree.IfStatement): boolean {
    const { alternate, consequent, test } = statement;
    const { source } = this.#planner.context;
    // `if (more) begin();` is the way on, and all else the way out.
    const isSame = this.#inputs.size === 0;
    if (!isSame && !alternate && this.#repeats.has(consequent) && statementList(statement.parent) !== null)
      return this.#negateBefore(statement, consequent);
    if (isSame && !alternate && this.#repeats.has(consequent))
      return this.#negate(test, consequent.range, `break${terminator(source, consequent)}`);
    const isBare =
      isSame &&
      alternate?.type === "BlockStatement" &&
      !this.#holdsRepeat(alternate) &&
      consequent.type === "BlockStatement" &&
      consequent.body.length === 1 &&
      this.#repeats.has(consequent.body[0]!);
    if (isBare && commentsIn(source, [consequent.range[0], alternate.range[0]]).length === 0)
      return this.readBlock(alternate) && this.#negate(test, [consequent.range[0], alternate.range[0]], "");
    const branches = [statement.consequent, ...(statement.alternate ? [statement.alternate] : [])];
    for (const branch of branches) {
      if (branch.type === "BlockStatement") {
        if (!this.readBlock(branch)) return false;
      } else if (branch.type === "IfStatement") {
        if (this.#holdsRepeat(branch) ? !this.#readIf(branch) : !this.#wrapWithBreak(branch)) return false;
      } else if (this.#repeats.has(branch)) {
        this.#dropRepeat(branch, true);
      } else if (this.#holdsRepeat(branch) || !this.#wrapWithBreak(branch)) return false;
    }
    if (!statement.alternate) {
      const { text } = this.#planner.context.source;
      const indent = indentAt(text, statement.range[0]);
      const newline = lineBreakOf(text);
      this.#edits.push(() =>
        this.#planner.draft.insert(
          this.#shape.fn,
          statement.range[1],
          ` else {${newline}${indent}${indentUnitOf(text)}break;${newline}${indent}}`,
        ),
      );
    }
    return true;
  }

  /** `if (more) begin(argument);` with an argument that is kept: the way out first. */
  #negateBefore({ range, test }: TSESTree.IfStatement, repeat: TSESTree.Statement): boolean {
    const { source } = this.#planner.context;
    const indent = lineBreakOf(source.text) + indentAt(source.text, range[0]);
    return (
      this.#negate(test, [repeat.range[0], repeat.range[0]], `break${semicolon(source)}${indent}`) &&
      this.#dropRepeat(repeat)
    );
  }

  #negate(test: TSESTree.Expression, replaced: Range, text: string): true {
    const { draft } = this.#planner;
    this.#edits.push(() => {
      draft.insert(this.#shape.fn, test.range[0], "!(");
      draft.insert(this.#shape.fn, test.range[1], ")");
      draft.replace(this.#shape.fn, replaced, text);
    });
    return true;
  }

  /** `if (more) { begin again; return; }`: the return goes on with the next round. */
  #readEarly(statement: TSESTree.Statement): boolean {
    if (
      statement.type !== "IfStatement" ||
      statement.consequent.type !== "BlockStatement" ||
      (statement.alternate && this.#holdsRepeat(statement.alternate))
    )
      return false;
    const staying = statement.consequent.body.filter((inner) => !this.#shape.removed.has(inner));
    const [repeat, exit] = staying.slice(-2);
    if (
      repeat === undefined ||
      !this.#repeats.has(repeat) ||
      exit?.type !== "ReturnStatement" ||
      exit.argument !== null
    )
      return false;
    if (staying.slice(0, -2).some((inner) => this.#holdsRepeat(inner))) return false;
    this.#seen.add(exit);
    this.#edits.push(() =>
      this.#planner.draft.replace(
        this.#shape.fn,
        exit.range,
        `continue${terminator(this.#planner.context.source, exit)}`,
      ),
    );
    return this.#dropRepeat(repeat);
  }

  #dropRepeat(statement: TSESTree.Statement, isBranch = false): boolean {
    const [changing] = this.#inputs;
    if (changing !== undefined) return this.#keepInput(statement, ...changing, isBranch);
    // What the comment above says of the next round is still true.
    this.#edits.push(() => removeStatement(this.#planner, this.#shape.fn, statement, "keep", "moved"));
    return true;
  }

  /** What the next round starts with is kept for it. */
  #keepInput(statement: TSESTree.Statement, index: number, name: string, isBranch: boolean): boolean {
    const { context, draft } = this.#planner;
    const { fn, repeats } = this.#shape;
    const input = repeats.find((repeat) => repeatStatement(repeat) === statement)!.inputs[index]!;
    // What follows on the same line needs it.
    const [open, close] = isBranch ? ["{ ", " }"] : ["", ""];
    this.#edits.push(() => {
      draft.replace(fn, [statement.range[0], input.range[0]], `${open}${name} = `);
      draft.replace(fn, [input.range[1], statement.range[1]], terminator(context.source, statement) + close);
    });
    return true;
  }

  #wrapWithBreak(statement: TSESTree.Statement): boolean {
    if (alwaysLeaves(statement)) return true;
    this.#edits.push(() => {
      this.#planner.draft.insert(this.#shape.fn, statement.range[0], "{ ");
      // Without a line break nothing else ends a statement.
      const end = /[;}]/.test(this.#planner.context.source.text.charAt(statement.range[1] - 1)) ? "" : ";";
      this.#planner.draft.insert(this.#shape.fn, statement.range[1], `${end} break; }`);
    });
    return true;
  }

  #breakAtEnd(block: TSESTree.BlockStatement, last: TSESTree.Statement | undefined): void {
    if (last !== undefined && alwaysLeaves(last)) return;
    const { text } = this.#planner.context.source;
    const place = last?.range[1] ?? block.range[0] + 1;
    const indent =
      last === undefined ? indentAt(text, block.range[0]) + indentUnitOf(text) : indentAt(text, last.range[0]);
    const isOneLine = !hasLineBreak(text.slice(...block.range));
    const end = semicolon(this.#planner.context.source);
    this.#edits.push(() =>
      this.#planner.draft.insert(this.#shape.fn, place, `${isOneLine ? " " : lineBreakOf(text) + indent}break${end}`),
    );
  }

  /** Every other return leaves the loop; inside a loop or switch of the callback a `break` would leave that instead. */
  readReturns(body: TSESTree.BlockStatement): boolean {
    let isPlain = true;
    walk(body, this.#planner.context.source.visitorKeys, (node) => {
      if (isFunction(node)) return false;
      if (node.type === "ReturnStatement" && !this.#seen.has(node)) {
        if (node.argument !== null || isInBreakable(node, body)) isPlain = false;
        else
          this.#edits.push(() =>
            this.#planner.draft.replace(
              this.#shape.fn,
              node.range,
              `break${terminator(this.#planner.context.source, node)}`,
            ),
          );
      }
      return undefined;
    });
    return isPlain;
  }
}
