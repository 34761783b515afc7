import type { RuleTester } from "eslint";

type Invalid = RuleTester.InvalidTestCase;
type ExpectedError = Pick<RuleTester.TestCaseError, "messageId" | "data" | "suggestions">;

/**
 * An invalid case whose text marks the places that must be reported: `task.⟦Result⟧`. The marks come off, and each becomes the exact
 * line, column, end line and end column of the error at its position in the list.
 */
export function located(
  marked: string,
  errors: readonly ExpectedError[],
  rest: Omit<Invalid, "code" | "errors"> = {},
): Invalid {
  const places: { line: number; column: number; endLine: number; endColumn: number }[] = [];
  let code = "";
  for (const part of marked.split(/(?=[⟦⟧])/)) {
    const text = part.replace(/^[⟦⟧]/, "");
    const { line, column } = positionAfter(code);
    if (part.startsWith("⟦")) places.push({ line, column, endLine: 0, endColumn: 0 });
    if (part.startsWith("⟧")) Object.assign(places.at(-1)!, { endLine: line, endColumn: column });
    code += text;
  }
  if (places.length !== errors.length)
    throw new Error(`${places.length} marks for ${errors.length} errors in ${marked}`);
  return { code, errors: errors.map((error, index) => ({ ...error, ...places[index] })), ...rest };
}

function positionAfter(text: string): { line: number; column: number } {
  const lines = text.split(/\r\n|[\r\n\u2028\u2029]/);
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}
