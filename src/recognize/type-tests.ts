import type { Source } from "../ast/source.ts";
import { TYPE_TEST_FILE, TYPE_TEST_MODULES } from "../dialects/type-tests.ts";

/** Whether a file is a test of types: it is compiled and never run, so that nothing in it starts, waits or fails. */
export function isTypeTest({ ast, filePath }: Source): boolean {
  return (
    TYPE_TEST_FILE.test(filePath) ||
    ast.body.some(
      (statement) => statement.type === "ImportDeclaration" && TYPE_TEST_MODULES.has(statement.source.value),
    )
  );
}
