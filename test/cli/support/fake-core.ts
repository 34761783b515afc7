import { ParseError } from "../../../src/ast/parse-error.ts";
import type { Core } from "../../../src/cli/migrate/core.ts";
import { migrate } from "../../../src/cli/migrate/command.ts";
import { UsageError } from "../../../src/cli/usage-error.ts";
import type { FileMigration, MigrateOptions } from "../../../src/plan/migration.ts";
import { recordingIo, type RunResult } from "./workspace.ts";

/**
 * An analysis that a test can steer, so that the command is tested apart from what the real one finds: `BeginX` becomes
 * `await X`, `BeginRefused` is refused, `BeginSyntax` does not parse, `BeginCrash` is a defect.
 */
export function fakeCore() {
  const seen: MigrateOptions[] = [];
  let loads = 0;
  const core: Core = {
    mayMigrate: (text) => text.includes("Begin"),
    loadMigrateText: () => {
      loads++;
      return Promise.resolve((text, options) => {
        seen.push(options);
        return fakeMigration(text, options);
      });
    },
  };
  return { core, seen, loads: () => loads };
}

function fakeMigration(text: string, { filePath }: MigrateOptions): FileMigration {
  const lines = text.split("\n");
  const lineOf = (word: string) => lines.findIndex((line) => line.includes(word)) + 1;
  if (text.includes("BeginSyntax")) throw new ParseError(filePath, lineOf("BeginSyntax"), 7, "Expression expected.");
  if (text.includes("BeginCrash")) throw new RangeError("the core tripped");
  const refusals: FileMigration["refusals"] = text.includes("BeginRefused")
    ? [
        {
          transform: "begin-end-to-async",
          code: "work-in-poll-loop",
          line: lineOf("BeginRefused"),
          column: 1,
          message: "The loop does work.",
          hint: "Move the work out of the loop.",
        },
      ]
    : [];
  if (!text.includes("BeginX"))
    return { status: refusals.length > 0 ? "refused" : "unchanged", output: text, migrations: [], refusals };
  return {
    status: "migrated",
    output: text.replaceAll("BeginX", "await X"),
    migrations: [
      {
        transform: "begin-end-to-async",
        operation: "X",
        line: lineOf("BeginX"),
        notes: [
          { code: "begin-errors-now-caught", line: lineOf("BeginX"), message: "Errors of Begin are caught now." },
        ],
      },
    ],
    refusals,
  };
}

/** Runs `tapify migrate` in this process on the fake analysis. */
export async function fakeMigrate(cwd: string, ...argv: string[]): Promise<RunResult> {
  const { io, written } = recordingIo(cwd);
  try {
    return { code: await migrate(argv, io, fakeCore().core), ...written };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { code: 2, stdout: written.stdout, stderr: written.stderr + error.message };
  }
}
