import { unwrap } from "../../ast/names.ts";
import { textOf, type Source, type TSESTree } from "../../ast/source.ts";
import type { Context } from "../../recognize/context.ts";
import { isModuleGone } from "../../recognize/operations/dropped-callbacks.ts";
import type { AwaitDecision } from "../decide/decision.ts";
import type { NameSource } from "../naming.ts";
import type { TextEdit } from "../types.ts";
import type { OwnedEdit, Part } from "./text.ts";
import { boundName, importOf, namedInstead, type Imported, type Imports } from "./imports.ts";
import { calleePart, receiverPart, withoutMembers } from "./members.ts";
import { PromiseText } from "./promise-text.ts";

/** What is awaited instead of a call with a callback, and what has to be imported for it. */
export interface AwaitedCall {
  readonly parts: readonly Part[];
  readonly imported: TextEdit | null;
  /** What changes in the arguments. */
  readonly edits: readonly OwnedEdit[];
  /** Statements before that which the call is written in. */
  readonly setup?: readonly (readonly Part[])[];
  /** What is written in place of an await of the call: statements, and what gives its value. */
  readonly sequence?: Sequence;
}

/** Statements, and what gives a value behind them; `null` for none. */
export interface Sequence {
  readonly before: readonly Part[][];
  readonly value: readonly Part[] | null;
}

/** An awaited call that changes nothing beside itself. */
export const NO_EDITS: Omit<AwaitedCall, "parts"> = { imported: null, edits: [] };

/** What stands before a call that is awaited in several statements, and what gives its value. */
export function awaiting({ parts, sequence }: AwaitedCall): Sequence {
  return sequence ?? { before: [], value: ["await ", ...parts] };
}

/**
 * Writes the awaitable form of an operation. `null` where the file has no place from which to import what it needs.
 *
 * @param indent the indentation of the line in which it comes to stand
 * @param replaced nodes in the arguments that something else is written for
 */
export function awaitedCall(
  context: Context,
  names: NameSource,
  imports: Imports,
  decision: AwaitDecision,
  indent: string,
  replaced: readonly TSESTree.Node[],
): AwaitedCall | null {
  const { source } = context;
  const { operation } = decision;
  const { call, form, name, start } = operation;
  const imported = (module: string, name: string): Imported | null =>
    importOf(source, names, imports, operation, { module, name });
  const callee = unwrap(call.callee);
  const written = (callee: Part | readonly Part[], imported: TextEdit | null = null): AwaitedCall => {
    const { given, edits } = withoutMembers(source, operation, indent);
    const start: readonly Part[] = Array.isArray(callee) ? callee : [callee as Part];
    return { parts: [...start, "(", ...given, ")"], imported, edits };
  };
  const { awaited } = form;
  switch (awaited.kind) {
    case "member": {
      // The module is at hand under the name by which it was called.
      if (callee.type === "MemberExpression") return written(`${textOf(source, callee.object)}.${awaited.of}.${name}`);
      if (start?.kind !== "module") return null;
      const [from] = start.modules;
      const module = boundName(source, from!, null);
      if (module !== null) return written(`${module}.${awaited.of}.${name}`);
      const owner = imported(from!, awaited.of);
      return owner === null ? null : written(`${owner.name}.${name}`, owner.edit);
    }
    case "promisify": {
      const promisify = imported("util", "promisify");
      const bound = start?.kind === "module" || callee.type !== "MemberExpression" ? "" : textOf(source, callee.object);
      const called = `${textOf(source, call.callee)}${bound === "" ? "" : `.bind(${bound})`}`;
      return promisify === null ? null : written(`${promisify.name}(${called})`, promisify.edit);
    }
    case "sameCall":
      return written(
        calleePart(call, indent),
        isModuleGone(context, operation) ? namedInstead(context, operation) : null,
      );
    case "chained": {
      const same = written(calleePart(call, indent));
      return { ...same, parts: [...same.parts, `.${awaited.method}()`] };
    }
    case "suffixed": {
      if (callee.type !== "MemberExpression") {
        const suffixed = start?.kind === "module" ? imported(start.modules[0]!, name + awaited.suffix) : null;
        return suffixed === null ? null : written(suffixed.name, suffixed.edit);
      }
      return written([{ range: callee.range, inside: call, indent }, awaited.suffix + typesOf(source, call)]);
    }
    case "through":
      return written([receiverPart(source, call, indent), `.${awaited.method}().${name}${typesOf(source, call)}`]);
    case "receiver":
      return { parts: [receiverPart(source, call, indent)], imported: null, edits: [] };
    case "none":
      return null;
    case "composed":
      // It is written by what knows all that it calls.
      return null;
    case "adapter":
      return { ...new PromiseText(source, decision, indent, replaced).render(), imported: null };
  }
}

/** The types that a call is given, as it writes them. */
function typesOf(source: Source, { typeArguments }: TSESTree.CallExpression): string {
  return typeArguments == null ? "" : textOf(source, typeArguments);
}
