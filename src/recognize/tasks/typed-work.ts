import type { Signature, Type, TypeChecker } from "typescript";
import { withoutComments } from "../../ast/comments.ts";

/** Beyond so many functions it is not followed what a function calls. */
const MANY = 50;
/** What stands before a parenthesis and is no call. */
const KEYWORDS: ReadonlySet<string> = new Set([
  "if",
  "for",
  "while",
  "switch",
  "catch",
  "function",
  "return",
  "await",
  "typeof",
  "void",
  "super",
]);

/**
 * Whether a method that can be awaited makes, by itself or through others of its object, the very call that it would stand in for, or every
 * call that is made there: it blocks where that one blocks, and computes where that one computes. Told where both are written in TypeScript
 * that the project holds; a declaration without a body says nothing.
 */
export function doesTheSame(checker: TypeChecker, object: Type, blocking: Signature, twin: Signature): boolean {
  const own = bodyOf(blocking.getDeclaration());
  const other = bodyOf(twin.getDeclaration());
  const name = (blocking.getDeclaration() as { name?: { getText(): string } } | undefined)?.name?.getText();
  if (other === null) return false;
  const calls = new Set<string>();
  const bodies = new Set([other]);
  for (const body of bodies) {
    for (const called of callsIn(body)) {
      if (calls.has(called)) continue;
      calls.add(called);
      const next = bodyOf(checker.getPropertyOfType(object, called)?.valueDeclaration);
      // What the blocking one does must be found in the twin itself, not in the blocking one that it calls.
      if (next !== null && next !== own && bodies.size < MANY) bodies.add(next);
    }
  }
  return (name !== undefined && calls.has(name)) || (own !== null && callsIn(own).every((called) => calls.has(called)));
}

function bodyOf(declaration: unknown): string | null {
  return (declaration as { body?: { getText(): string } } | undefined)?.body?.getText() ?? null;
}

/** The names that are called in a text. */
function callsIn(body: string): string[] {
  return [...withoutComments(body).matchAll(/(?<![\w$])([\w$]+)\s*(?:\?\.\s*)?(?:<[^<>()]*>\s*)?\(/g)]
    .map(([, name]) => name!)
    .filter((name) => !KEYWORDS.has(name));
}
