import { join } from "node:path";
import type * as TypeScript from "typescript";
import type { ProjectConfig } from "./config.ts";

/** A project that no configuration describes: scripts below the folder of a `package.json`. */
export interface ScriptFolder {
  /** Absolute. */
  readonly folder: string;
  /** Absolute paths of programs and declarations. */
  readonly files: readonly string[];
}

/** What such a project would be configured as: any module may require or import any other, and nothing is checked but what cannot run. */
export function readScripts(
  { JsxEmit, ModuleKind, ModuleResolutionKind, ScriptTarget }: typeof TypeScript,
  { files, folder }: ScriptFolder,
): ProjectConfig {
  return {
    path: join(folder, "package.json"),
    fileNames: files.map((file) => file.replaceAll("\\", "/")),
    references: [],
    options: {
      allowJs: true,
      checkJs: false,
      strict: false,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      jsx: JsxEmit.Preserve,
      target: ScriptTarget.ESNext,
      module: ModuleKind.Preserve,
      moduleResolution: ModuleResolutionKind.Bundler,
      maxNodeModuleJsDepth: 0,
      types: [],
    },
  };
}
