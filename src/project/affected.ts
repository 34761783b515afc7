import type { Project } from "./project.ts";
import { NameIndex } from "./name-index.ts";

/**
 * The files of a project in which a change of some files can bring an error: those themselves, and what imports them, directly or not.
 * Where one of them adds to what others see without an import, that is every file.
 */
export function affectedFiles(
  { compiler, files, filesLeft, program }: Project,
  changed: Iterable<string>,
  index = new NameIndex(compiler, program),
): ReadonlySet<string> {
  const checker = program.getTypeChecker();
  const importers = new Map<string, string[]>();
  const add = (imported: string, importer: string): void => {
    const known = importers.get(imported);
    if (known === undefined) importers.set(imported, [importer]);
    else known.push(importer);
  };
  for (const file of index.own) {
    for (const specifier of index.specifiersOf(file)) {
      for (const declaration of checker.getSymbolAtLocation(specifier)?.declarations ?? [])
        add(declaration.getSourceFile().fileName, file.fileName);
    }
  }
  // A set is gone through with what is added meanwhile.
  const affected = new Set(changed);
  for (const file of affected) for (const importer of importers.get(file) ?? []) affected.add(importer);
  return index.own.some((file) => affected.has(file.fileName) && index.isGlobal(file))
    ? new Set([...files, ...filesLeft.keys()])
    : affected;
}
