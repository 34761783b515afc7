import type { FileMigration } from "../../../plan/migration.ts";
import { printable } from "../../../printable.ts";
import { createPaint, type Io } from "../../io.ts";
import { UsageError } from "../../usage-error.ts";
import { formatDiff } from "../diff.ts";
import { inspectTrees } from "../inspect-trees.ts";
import type { PlanOptions } from "../options.ts";
import type { FileOutcome } from "../outcome.ts";
import { Person, type Answer } from "./ask.ts";
import { migrateChosen, type Choice } from "./choose.ts";
import type { Offer } from "./offers.ts";

const CHOICES: Readonly<Record<Answer, Choice>> = {
  y: "take",
  n: "leave",
  a: "take all",
  A: "take all",
  d: "leave all",
  q: "leave all",
};

/** @throws {UsageError} where nobody is there to answer. */
export function requireTerminal({ stdin, stdout }: Io): void {
  if (stdin?.isTTY !== true || stdout.isTTY !== true)
    throw new UsageError("--interactive asks a person, and needs a terminal for its input and its output.");
}

/**
 * Shows what would become of each file one change after the other, and makes those that a person chooses.
 *
 * @param outcomes what becomes of the files when all is taken
 * @throws {UsageError} when nothing could be written afterwards: that is said before anything is asked.
 */
export async function chooseInteractively(
  outcomes: readonly FileOutcome[],
  plan: PlanOptions,
  allowDirty: boolean,
  io: Io,
): Promise<FileOutcome[]> {
  const changing = outcomes.filter(({ outcome }) => outcome.status === "migrated");
  const { refusals } = inspectTrees(
    changing.map(({ file }) => file),
    allowDirty,
  );
  if (refusals.length > 0) throw new UsageError(refusals.join("\n"));
  const person = new Person(io);
  const later: { do: "ask" | "take" | "leave" } = { do: "ask" };
  const chosen: FileOutcome[] = [];
  for (const found of outcomes) {
    const { outcome, original } = found;
    if (outcome.status !== "migrated" || original === undefined || later.do === "take") {
      chosen.push(found);
      continue;
    }
    const options = { ...plan, filePath: found.file };
    const migration = await migrateChosen(original.text, outcome, options, async (text, offer) => {
      if (later.do === "leave") return "leave all";
      const answer = await askAbout(found, text, offer, person, io);
      if (answer === "q") later.do = "leave";
      if (answer === "A") later.do = "take";
      return CHOICES[answer];
    });
    chosen.push({ ...found, outcome: migration.status === "migrated" ? migration : { ...migration, output: "" } });
  }
  await person.leave();
  return chosen;
}

async function askAbout(
  { file, original, path }: FileOutcome,
  text: string,
  { notes, output, sites }: Offer,
  person: Person,
  io: Io,
): Promise<Answer> {
  const outcome: FileMigration = { status: "migrated", output, migrations: [], refusals: [] };
  const paint = createPaint(io.stdout, io.env);
  const shown = { file, path, outcome, original: { text, hasBom: original?.hasBom ?? false } };
  io.stdout.write(formatDiff(shown, io.cwd, paint, true));
  for (const { code, message } of notes) io.stdout.write(`${paint("cyan", "note")} ${code}: ${message}\n`);
  const names = sites.map(({ migrated }) => migrated.operation).join(", ");
  return person.answer(paint("bold", `Migrate ${printable(names)}`));
}
