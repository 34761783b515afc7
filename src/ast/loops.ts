import { constantValue } from "./conditions.ts";
import { alwaysLeaves } from "./flow.ts";
import type { Source, TSESTree } from "./source.ts";
import { findAll } from "./walk.ts";

/** The loops that go on for as long as a condition says so. */
export type Loop = TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement;

/** A test that a loop must pass to come round again. */
export interface LoopCondition {
  readonly test: TSESTree.Expression;
  /** The value with which the loop goes on. */
  readonly goesOnWhen: boolean;
}

/** What a loop evaluates from one turn to the next: everything but its start and its ways out. */
export interface LoopTurn {
  readonly loop: Loop;
  /** The loop's own test and those of the ways out of its body, in source order. */
  readonly conditions: readonly LoopCondition[];
  /** The tests, and what a `for` does between turns. */
  readonly head: readonly TSESTree.Node[];
  /** The statements of the body, empty ones and ways out aside. */
  readonly body: readonly TSESTree.Node[];
}

/** Takes a loop apart; `null` for one that never comes round: `do { … } while (false)`, a body that always leaves. */
export function turnOf(source: Source, loop: Loop): LoopTurn | null {
  const collector = new TurnCollector(source, loop);
  const constant = loop.test === null ? true : constantValue(loop.test);
  if (constant === false || !collector.addStatements([loop.body])) return null;
  const own = constant === null ? [{ test: loop.test!, goesOnWhen: true }] : [];
  const conditions =
    loop.type === "DoWhileStatement" ? [...collector.conditions, ...own] : [...own, ...collector.conditions];
  const update = loop.type === "ForStatement" && loop.update !== null ? [loop.update] : [];
  return { loop, conditions, head: [...conditions.map(({ test }) => test), ...update], body: collector.body };
}

class TurnCollector {
  readonly conditions: LoopCondition[] = [];
  readonly body: TSESTree.Node[] = [];
  readonly #source: Source;
  readonly #label: string | null;

  constructor(source: Source, loop: Loop) {
    this.#source = source;
    this.#label = loop.parent.type === "LabeledStatement" ? loop.parent.label.name : null;
  }

  /** Adds statements that follow each other; gives whether the turn can get past them, or back to the start of the loop. */
  addStatements(statements: readonly TSESTree.Statement[]): boolean {
    for (const [index, statement] of statements.entries()) {
      if (this.#isContinue(statement)) return true;
      if (this.#leaves(statement)) return false;
      if (
        statement.type === "IfStatement" &&
        this.#isContinue(statement.consequent) &&
        statements.slice(index + 1).some((later) => this.#leaves(later))
      ) {
        this.conditions.push({ test: statement.test, goesOnWhen: true });
        return true;
      }
      if (!this.#addStatement(statement)) return false;
    }
    return true;
  }

  #addStatement(statement: TSESTree.Statement): boolean {
    switch (statement.type) {
      case "EmptyStatement":
        return true;
      case "BlockStatement":
        return this.addStatements(statement.body);
      case "IfStatement":
        return this.#addIf(statement);
      case "TryStatement": {
        if (statement.handler !== null) this.body.push(statement.handler.body);
        if (statement.finalizer != null) this.body.push(statement.finalizer);
        return (
          this.addStatements(statement.block.body) ||
          (statement.handler !== null && !this.#leaves(statement.handler.body))
        );
      }
      default:
        this.body.push(statement);
        return true;
    }
  }

  #addIf(statement: TSESTree.IfStatement): boolean {
    const { test, consequent, alternate } = statement;
    if (this.#leaves(consequent)) {
      this.conditions.push({ test, goesOnWhen: false });
      return alternate === null || this.addStatements([alternate]);
    }
    if (alternate !== null && this.#leaves(alternate)) {
      this.conditions.push({ test, goesOnWhen: true });
      return this.addStatements([consequent]);
    }
    this.body.push(statement);
    return true;
  }

  #isContinue(statement: TSESTree.Statement): boolean {
    if (statement.type === "BlockStatement") return statement.body.length === 1 && this.#isContinue(statement.body[0]!);
    return statement.type === "ContinueStatement" && (statement.label === null || statement.label.name === this.#label);
  }

  #leaves(statement: TSESTree.Statement): boolean {
    if (!alwaysLeaves(statement)) return false;
    const isContinue = (node: TSESTree.Node): node is TSESTree.ContinueStatement =>
      node.type === "ContinueStatement" && this.#isContinue(node);
    return findAll(statement, this.#source.visitorKeys, isContinue, { intoFunctions: false }).length === 0;
  }
}
