import type * as TypeScript from "typescript";

/** The file that is nested most deeply: the one that the stack overflows on. It is found without a stack. */
export function deepestFile(
  { forEachChild }: typeof TypeScript,
  files: readonly TypeScript.SourceFile[],
): TypeScript.SourceFile | null {
  let deepest: TypeScript.SourceFile | null = null;
  let most = 0;
  for (const file of files) {
    const waiting: [TypeScript.Node, number][] = [[file, 1]];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [node, depth] = next;
      if (depth > most) [deepest, most] = [file, depth];
      forEachChild(node, (child) => void waiting.push([child, depth + 1]));
    }
  }
  return deepest;
}
