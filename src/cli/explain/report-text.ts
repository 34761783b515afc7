import type { ExplainedMigration, ExplainedSite, Explanation, Position } from "../../explain/explanation.ts";
import type { TriedStrategy, Verdict } from "../../plan/migration.ts";
import { STRATEGIES } from "../../plan/strategies.ts";
import { printable } from "../../printable.ts";
import { createPaint, type Io, type Paint } from "../io.ts";
import type { ExplainCommandOptions } from "./options.ts";

const VERDICTS: Readonly<Record<Verdict, string>> = {
  taken: "taken",
  "passed-over": "does not fit",
  stopped: "stopped",
  "held-back": "fits, but cannot be taken alone",
};

/** The report for people. Each line stands for itself; what comes from the file is escaped. */
export function formatText({ path, line, column }: ExplainCommandOptions, explanation: Explanation, io: Io): string {
  const report = new Report(path, createPaint(io.stdout, io.env));
  const { sites, lacking, near } = explanation;
  const parts = [
    ...sites.map((site) => report.site(site)),
    ...(sites.length > 0 ? [] : [report.nothing(column === null ? `${line}` : `${line}:${column}`, near)]),
    ...lacking.map((each) => [report.lack(each)]),
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

class Report {
  readonly #path: string;
  readonly #paint: Paint;

  constructor(path: string, paint: Paint) {
    this.#path = printable(path);
    this.#paint = paint;
  }

  #place({ line, column }: Position): string {
    return `${this.#path}:${line}:${column}`;
  }

  site(site: ExplainedSite): string[] {
    const { delivery, dialect, migrations, name, outcome, untouched, witnesses } = site;
    const lines = [`${this.#paint("underline", this.#place(site))} ${this.#paint("bold", printable(name))}`];
    if (dialect === null) lines.push("  recognised only in what another migration makes of the file");
    else lines.push(`  dialect: ${printable(dialect)}`, `  delivery: ${printable(delivery ?? "")}`);
    for (const part of outcome)
      lines.push(
        `  outcome: ${part.role} ${printable(part.name)}` +
          (part.line === null || part.column === null ? "" : ` at ${part.line}:${part.column}`),
      );
    for (const witness of witnesses) lines.push(`  witness: ${printable(witness)}`);
    if (untouched !== null) lines.push(`  no migration takes it up: ${printable(untouched)}`);
    else if (migrations.length === 0) lines.push("  no migration that was asked for takes it up.");
    return [...lines, ...migrations.flatMap((migration) => this.#migration(migration))];
  }

  #migration({ notes, outcome, refusals, strategies, transform }: ExplainedMigration): string[] {
    const isMigrated = outcome === "migrated";
    const lines = [
      `  ${transform}: ${isMigrated ? this.#paint("green", "can be migrated") : this.#paint("yellow", "refused")}`,
      ...strategies.map((tried) => `    tried ${this.#strategy(tried)}`),
    ];
    for (const refusal of refusals)
      lines.push(
        `    ${this.#paint("yellow", "refused")} at ${this.#place(refusal)} ${refusal.code}: ${printable(refusal.message)}`,
        `      to change: ${printable(refusal.hint)}`,
      );
    for (const note of notes)
      lines.push(`    ${this.#paint("cyan", "note")} at line ${note.line} ${note.code}: ${printable(note.message)}`);
    return lines;
  }

  #strategy({ strategy, verdict, refusals }: TriedStrategy): string {
    const codes = [...new Set(refusals.map(({ code }) => code))].join(", ");
    return `${strategy}: ${VERDICTS[verdict]}${codes === "" ? "" : ` by ${codes}`}. ${STRATEGIES[strategy]}`;
  }

  nothing(place: string, near: Explanation["near"]): string[] {
    return [
      `${this.#paint("underline", `${this.#path}:${place}`)} Nothing was recognised here.`,
      ...(near.length === 0 ? ["  Nor was anything in the rest of the file."] : []),
      ...near.map((each) => {
        const dialect = each.dialect === null ? "" : ` (${printable(each.dialect)})`;
        return `  near: ${this.#place(each)} ${printable(each.name)}${dialect}`;
      }),
    ];
  }

  lack(each: Explanation["lacking"][number]): string {
    const { dialect, lacks, name } = each;
    const place = this.#paint("underline", this.#place(each));
    return `${place} ${printable(name)} has a name of ${printable(dialect)}, and was not recognised. ${printable(lacks)}`;
  }
}
