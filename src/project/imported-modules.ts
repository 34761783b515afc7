import { resolve } from "node:path";
import type * as TypeScript from "typescript";
import type { NameIndex } from "./name-index.ts";

/** The files of a program that another of its files imports, exports from or requires by its name, by absolute path. */
export function importedModules(
  { isImportTypeNode, isSourceFile }: typeof TypeScript,
  program: TypeScript.Program,
  index: NameIndex,
): ReadonlySet<string> {
  const checker = program.getTypeChecker();
  const imported = new Set<string>();
  for (const specifier of index.own.flatMap((file) => index.specifiersOf(file))) {
    if (isImportTypeNode(specifier.parent.parent)) continue;
    for (const declaration of checker.getSymbolAtLocation(specifier)?.declarations ?? [])
      if (isSourceFile(declaration)) imported.add(resolve(declaration.fileName));
  }
  return imported;
}
