import { beginStemsIn, pairStemsIn } from "../dialects/apm-names.ts";
import { isOffered } from "../ast/offered.ts";
import { analyze } from "../recognize/analysis.ts";
import { ACCESSOR_NAME, COMPLETED_EVENT } from "../dialects/eap.ts";
import { mayMigrate } from "../plan/candidates.ts";
import { prefixSearch } from "../dialects/text/prefixes.ts";
import { areOffered } from "../plan/contracts/contract-leaks.ts";
import type { ContractFiles } from "../plan/contracts/contract-stages.ts";
import { errorsOf, newErrors, type CompilerError } from "./check.ts";
import { ProjectReach } from "./project-reach.ts";
import type { Project } from "./project.ts";
import { textOfError } from "./withdrawals.ts";

/**
 * A whole project as what is known of a contract: who calls it shows, and whether the result compiles.
 *
 * @param lineOf the one-based line that messages name for an offset of a file as it is now
 */
export function contractOfProject(
  project: Project,
  mayChangeExports: boolean,
  isChosen: (file: string) => boolean,
  lineOf: (file: string, offset: number) => number,
): ContractFiles {
  const originals = new Map(project.files.map((file) => [file, project.textOf(file)]));
  const holdsName = nameSearch([...originals].filter(([file]) => isChosen(file)).map(([, text]) => text));
  const paths = [...originals].flatMap(([file, text]) => (holdsName(text) ? [file] : []));
  let before: readonly CompilerError[] | null = null;
  let reach: ProjectReach | null = null;
  const show = (texts: ReadonlyMap<string, string>): void => {
    for (const [path, original] of originals) {
      const text = texts.get(path) ?? original;
      if (text === project.textOf(path)) continue;
      // What one file declares is a type in the others: they are looked at anew as well.
      project.update(path, text);
      reach = null;
    }
  };
  return {
    paths,
    isChosen,
    pathOf: (node) => project.fileOf(node),
    reachOf: () => (reach ??= new ProjectReach(project, mayChangeExports)),
    textOf: (path) => originals.get(path)!,
    show,
    contextOf: (path, twins) => {
      const { settings, source } = project.contextOf(path);
      return analyze(source, { ...settings, twins: [...(settings.twins ?? []), ...twins] });
    },
    bondOf: ({ places, starterName, typeNames }) => {
      if (
        !mayChangeExports &&
        project.isLibrary &&
        places.some(({ context, owner }) => isOffered(owner.node) || areOffered(context, typeNames))
      )
        return "exported-api";
      const isSeen = (name: string): boolean => project.owns(name) || /\.d\.[cm]?ts$/.test(name);
      return project.program
        .getSourceFiles()
        .some(({ fileName, text }) => !isSeen(fileName) && text.includes(starterName))
        ? "callers-unknown"
        : null;
    },
    errorsOf: (texts) => {
      if (before === null) {
        show(new Map());
        before = errorsOf(project);
      }
      show(texts);
      return newErrors(before, errorsOf(project)).map((error) => ({
        path: error.file,
        message: textOfError(project, error),
      }));
    },
    placeOf: (path, offset) => `${project.pathOf(path)}:${lineOf(path, offset)}`,
  };
}

/** Tells whether a text holds one of the names that some texts may declare operations by. */
function nameSearch(texts: readonly string[]): (text: string) => boolean {
  const chosen = texts.filter((text) => mayMigrate(text, ["contract-to-async"]));
  const pairs = new Set(chosen.flatMap((text) => [...beginStemsIn(text)]));
  // `add_LoadCompleted` as well as `LoadCompleted`.
  const completed = new Set(
    namesIn(chosen, /\b(\w+[Cc]ompleted(?:Handler|Listener)?)\b/g)
      .flatMap((name) => [name, ACCESSOR_NAME.exec(name)?.[2] ?? name])
      .map((name) => COMPLETED_EVENT.exec(name)?.[1]?.toLowerCase()),
  );
  const events = namesIn(chosen, /\b([A-Za-z]\w*?)Async\b/g).filter((stem) => completed.has(stem.toLowerCase()));
  const endsWithEvent = prefixSearch(
    events.flatMap((stem) => {
      const rest = stem.slice(1);
      return [reversed(stem.charAt(0).toLowerCase() + rest), reversed(stem.charAt(0).toUpperCase() + rest)];
    }),
  );
  return (text) =>
    (pairs.size > 0 && [...pairStemsIn(text)].some((stem) => pairs.has(stem))) ||
    (events.length > 0 &&
      // Its event, the class of its arguments, its cancel method; and the members that all operations of an object share.
      (/[Cc]ancelAsync|[Pp]rogressChanged/.test(text) || holdsEnding(reversed(text), endsWithEvent)));
}

const REVERSED_ENDING = /cnysA|detelpmo[Cc]|degnahCssergorP/g;

/** Whether a text that is read from its end holds an ending of an operation's members behind an operation's name. */
function holdsEnding(reversedText: string, startsWithName: (text: string, at: number) => boolean): boolean {
  for (const { 0: ending, index } of reversedText.matchAll(REVERSED_ENDING)) {
    if (startsWithName(reversedText, index + ending.length)) return true;
  }
  return false;
}

/** The names that an expression captures in texts, each once. */
function namesIn(texts: readonly string[], expression: RegExp): string[] {
  return [...new Set(texts.flatMap((text) => Array.from(text.matchAll(expression), ([, name]) => name!)))];
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}
