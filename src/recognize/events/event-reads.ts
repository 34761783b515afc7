import { keyName, memberName, wrapped } from "../../ast/names.ts";
import { readsOf, variableOf, writesOf, type Variable } from "../../ast/scopes.ts";
import type { FunctionNode, TSESTree } from "../../ast/source.ts";
import type { CompletionMembers } from "../../dialects/eap.ts";
import type { Context } from "../context.ts";

/** What a read of a completion's arguments asks for. */
export type CompletionRole =
  | "error"
  | "cancelled"
  /** The result or an out value: what there is only when the operation has succeeded. */
  | "value"
  | "state"
  /** Another member. */
  | "other"
  /** The arguments as a whole: they are passed on, stored, returned. */
  | "whole";

/** A place where a completion's arguments are used. */
export interface CompletionRead {
  readonly role: CompletionRole;
  /** The member expression, the variable that was taken out of them, or they themselves. */
  readonly node: TSESTree.Node;
  /** The narrow place to report. */
  readonly nameNode: TSESTree.Node;
  /** The member's name. */
  readonly name: string;
}

/** Whether a read asks for the result or an out value: in a handler of a completed event every member that has no other part is one. */
export function isValue({ role }: CompletionRead): boolean {
  return role === "value" || role === "other";
}

/** The members of a completed event's arguments that its handler takes as values, in the order in which they are first read. */
export function valuesOf({
  handler,
}: {
  readonly handler: { readonly reads: readonly CompletionRead[] } | null;
}): string[] {
  return [...new Set((handler?.reads ?? []).flatMap((read) => (isValue(read) ? [read.name] : [])))];
}

/** The uses of what a parameter holds, by the part that each member plays; through patterns and constants that rename it. */
export function completionReads(
  context: Context,
  fn: FunctionNode,
  parameter: TSESTree.Parameter,
  members: CompletionMembers,
): readonly CompletionRead[] {
  const collector = new ReadCollector(context, members);
  const target = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
  if (target.type === "ObjectPattern") collector.addPattern(target);
  const variable =
    target.type === "Identifier"
      ? context.source.scopeManager.getDeclaredVariables(fn).find(({ identifiers }) => identifiers.includes(target))
      : undefined;
  if (variable !== undefined) collector.addVariable(variable);
  return collector.sorted();
}

class ReadCollector {
  readonly #context: Context;
  readonly #members: CompletionMembers;
  readonly #reads: CompletionRead[] = [];

  constructor(context: Context, members: CompletionMembers) {
    this.#context = context;
    this.#members = members;
  }

  /** Further members count as out values only where .NET's spelling, or a known member beside them, says what they are members of. */
  sorted(): readonly CompletionRead[] {
    const isKnown = this.#reads.some(({ role }) => role !== "other" && role !== "whole");
    const reads = this.#reads.map((read) =>
      read.role === "other" && isKnown && this.#isOutValue(read) ? { ...read, role: "value" as const } : read,
    );
    return reads.sort((a, b) => a.node.range[0] - b.node.range[0]);
  }

  #isOutValue({ name, node }: CompletionRead): boolean {
    const outer = wrapped(node);
    const isCalled = outer.parent?.type === "CallExpression" && outer.parent.callee === outer;
    const isWritten = outer.parent?.type === "AssignmentExpression" && outer.parent.left === outer;
    return /^[A-Z]/.test(name) && !isCalled && !isWritten && !this.#members.others.has(name);
  }

  addVariable(variable: Variable, depth = 0): void {
    if (depth > 4 || isReassigned(variable)) return;
    for (const { identifier } of readsOf(variable)) this.#addUse(identifier as TSESTree.Identifier, depth);
  }

  #addUse(identifier: TSESTree.Identifier, depth: number): void {
    const outer = wrapped(identifier);
    const { parent } = outer;
    if (parent?.type === "MemberExpression" && parent.object === outer) return this.#addMember(parent);
    if (parent?.type === "VariableDeclarator" && parent.init === outer) {
      if (parent.id.type === "ObjectPattern") return this.addPattern(parent.id);
      const variable = parent.id.type === "Identifier" ? variableOf(this.#context.source, parent.id) : null;
      if (variable !== null) return this.addVariable(variable, depth + 1);
    }
    this.#reads.push({ role: "whole", node: identifier, nameNode: identifier, name: identifier.name });
  }

  #addMember(member: TSESTree.MemberExpression): void {
    const name = memberName(member);
    const isWritten = member.parent.type === "AssignmentExpression" && member.parent.left === member;
    const role = name === null ? "whole" : isWritten ? "other" : this.#roleOf(name);
    this.#reads.push({ role, node: member, nameNode: member.property, name: name ?? "" });
    const outer = wrapped(member);
    // const error = e.Error
    if ((role === "error" || role === "cancelled") && outer.parent?.type === "VariableDeclarator")
      this.#addNamed(outer.parent.id, role, name!);
  }

  #addNamed(target: TSESTree.Node, role: CompletionRole, name: string): void {
    const variable = target.type === "Identifier" ? variableOf(this.#context.source, target) : null;
    if (variable === null || isReassigned(variable)) return;
    for (const { identifier } of readsOf(variable))
      this.#reads.push({ role, node: identifier, nameNode: identifier, name });
  }

  /** What a pattern takes out is read where its variables are: bridges aside, taking it out of a plain object does nothing. */
  addPattern(pattern: TSESTree.ObjectPattern): void {
    for (const property of pattern.properties) {
      if (property.type === "RestElement") {
        this.#reads.push({ role: "whole", node: property, nameNode: property, name: "" });
        continue;
      }
      const name = keyName(property);
      const target = property.value.type === "AssignmentPattern" ? property.value.left : property.value;
      const variable = target.type === "Identifier" ? variableOf(this.#context.source, target) : null;
      if (name === null) this.#reads.push({ role: "whole", node: property, nameNode: property, name: "" });
      else if (variable === null || isReassigned(variable))
        this.#reads.push({ role: this.#roleOf(name), node: property, nameNode: property.key, name });
      else
        for (const { identifier } of readsOf(variable))
          this.#reads.push({ role: this.#roleOf(name), node: identifier, nameNode: identifier, name });
    }
  }

  #roleOf(name: string): CompletionRole {
    const { error, cancelled, value, state } = this.#members;
    if (error.has(name)) return "error";
    if (cancelled.has(name)) return "cancelled";
    if (value.has(name)) return "value";
    return state.has(name) ? "state" : "other";
  }
}

/** Whether a variable is given another value than that of its declaration: it no longer holds what it did throughout. */
function isReassigned(variable: Variable): boolean {
  return writesOf(variable).some(({ init }) => init !== true);
}
