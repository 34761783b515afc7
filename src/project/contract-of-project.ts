import { isOffered } from "../ast/offered.ts";
import { analyze } from "../recognize/analysis.ts";
import { mayMigrate } from "../plan/candidates.ts";
import type { ContractFiles } from "../plan/contract-stages.ts";
import { errorsOf, newErrors, type CompilerError } from "./check.ts";
import type { Project } from "./project.ts";
import { textOfError } from "./withdrawals.ts";

/** A whole project as what is known of a contract: who calls it shows, and whether the result compiles. */
export function contractOfProject(project: Project, mayChangeExports: boolean, isChosen: (file: string) => boolean): ContractFiles {
  const originals = new Map(project.files.map((file) => [file, project.textOf(file)]));
  const names = namesIn([...originals].filter(([file]) => isChosen(file)).map(([, text]) => text));
  const paths = [...originals].flatMap(([file, text]) => (names !== null && names.test(text) ? [file] : []));
  let before: readonly CompilerError[] | null = null;
  const show = (texts: ReadonlyMap<string, string>): void => {
    const textOf = (path: string): string => texts.get(path) ?? originals.get(path)!;
    // What one file declares is a type in the others: they are looked at anew as well.
    if (paths.some((path) => textOf(path) !== project.textOf(path))) for (const path of paths) project.update(path, textOf(path));
  };
  return {
    paths,
    isChosen,
    textOf: (path) => originals.get(path)!,
    show,
    contextOf: (path, twins) => {
      const { settings, source } = project.contextOf(path);
      return analyze(source, { ...settings, twins: [...(settings.twins ?? []), ...twins] });
    },
    bondOf: ({ pairs, beginName }) => {
      if (!mayChangeExports && project.isLibrary && pairs.some(({ members }) => isOffered(members.owner.node))) return "exported-api";
      const isSeen = (name: string): boolean => project.owns(name) || /\.d\.[cm]?ts$/.test(name);
      return project.program.getSourceFiles().some(({ fileName, text }) => !isSeen(fileName) && text.includes(beginName)) ? "callers-unknown" : null;
    },
    errorsOf: (texts) => {
      if (before === null) {
        show(new Map());
        before = errorsOf(project);
      }
      show(texts);
      return newErrors(before, errorsOf(project)).map((error) => ({ path: error.file, message: textOfError(project, error) }));
    },
    placeOf: (path, line) => `${project.pathOf(path)}:${line}`,
  };
}

/** What finds the names that texts may declare pairs by; `null` where they declare none. */
function namesIn(texts: readonly string[]): RegExp | null {
  const stems = new Set(texts.filter((text) => mayMigrate(text, ["contract-to-async"])).flatMap((text) => [...text.matchAll(/\b[Bb]egin([A-Z_$]\w*)/g)].map(([, stem]) => stem!)));
  return stems.size === 0 ? null : new RegExp(`\\b(?:[Bb]egin|[Ee]nd)(?:${[...stems].map((stem) => stem.replaceAll("$", "\\$")).join("|")})\\b`);
}
