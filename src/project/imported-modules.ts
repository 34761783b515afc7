import { resolve } from "node:path";
import type * as TypeScript from "typescript";

/** The files of a program that a static import or export of another of its files names, by absolute path. */
export function importedModules(compiler: typeof TypeScript, program: TypeScript.Program): ReadonlySet<string> {
  const checker = program.getTypeChecker();
  const imported = new Set<string>();
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile) continue;
    for (const statement of file.statements) {
      const isImport = compiler.isImportDeclaration(statement) || compiler.isExportDeclaration(statement);
      if (!isImport || statement.moduleSpecifier === undefined) continue;
      for (const declaration of checker.getSymbolAtLocation(statement.moduleSpecifier)?.declarations ?? [])
        if (compiler.isSourceFile(declaration)) imported.add(resolve(declaration.fileName));
    }
  }
  return imported;
}
