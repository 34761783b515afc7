import { pageOfCode } from "../../../addresses.ts";

/** What every comment begins with, so that a search of a whole code base finds all of them. */
export const TODO_MARK = "TODO(tapify)";

const TODO = /^ TODO\(tapify\): [a-z\d-]+, see \S+$/;

/** The comment at a refused place, without its line break. */
export function todoComment(code: string): string {
  return `// ${TODO_MARK}: ${code}, see ${pageOfCode(code)}`;
}

/** Whether what stands behind `//` is such a comment, of this version or another. */
export function isTodoComment(value: string): boolean {
  return TODO.test(value);
}
