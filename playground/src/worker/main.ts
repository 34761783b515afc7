/** The worker of the page: it runs the core and the rules, so that the page never waits for them. */
import { mayReport } from "../../../dist/rules/create-rule.js";
import { rules } from "../../../dist/rules/index.js";
import { PRESETS } from "../../../dist/rules/presets.js";
import { NestingError, ParseError, mayMigrate, migrateText } from "../../../dist/src/core.js";
import type { Answer, Outcome, Problem, Question, Trial } from "../protocol.ts";
import { prepareParser } from "./load-parser.ts";
import { optionsOf, settingsOf } from "./settings.ts";

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  void answer(data).then((text) => postMessage(text));
});

async function answer({ id, trial }: Question): Promise<Answer> {
  try {
    return { id, outcome: await outcomeOf(trial) };
  } catch (error) {
    return { id, problem: problemOf(error) };
  }
}

/** What comes of a text. One without a word that concerns a rule or a migration loads neither the parser nor ESLint. */
async function outcomeOf(trial: Trial): Promise<Outcome> {
  const settings = settingsOf(trial);
  const options = optionsOf(trial);
  const isOfInterest =
    mayMigrate(trial.code, undefined, settings) ||
    Object.keys(PRESETS[trial.rules]).some((name) =>
      mayReport(rules[name.slice(name.indexOf("/") + 1)]!, trial.code, settings),
    );
  if (isOfInterest) await prepareParser();
  const { migrations, output, refusals } = migrateText(trial.code, options);
  const findings = isOfInterest ? (await import("./lint.ts")).findingsIn(trial, settings) : [];
  return { findings, migration: { migrations, output, refusals } };
}

function problemOf(error: unknown): Problem {
  if (error instanceof ParseError) return { message: error.message, line: error.line, column: error.column };
  if (error instanceof NestingError || error instanceof TypeError)
    return { message: error.message, line: null, column: null };
  return { message: `This is a fault of tapify: ${String(error)}`, line: null, column: null };
}
