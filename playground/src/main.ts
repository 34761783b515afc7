/** The page: what is typed and chosen is asked of the worker, and what it answers is shown. */
import type { Diagnostic } from "@codemirror/lint";
import { pageOf } from "./addresses.ts";
import { CodeEditor, OutputView } from "./editors.ts";
import { EXAMPLES, exampleOf, FIRST_EXAMPLE } from "./examples.ts";
import { OptionsForm } from "./form.ts";
import { linkOf, trialIn } from "./link.ts";
import type { Outcome, Problem, Trial } from "./protocol.ts";
import { showOutcome, showProblem, summaryOf } from "./report.ts";
import { Session, type Listener } from "./session.ts";
import { trialOf } from "./trial.ts";

/** Milliseconds without a key before a text is looked at. */
const PAUSE = 250;

const part = <Element extends HTMLElement>(selector: string): Element => document.querySelector<Element>(selector)!;
const [report, status, notice] = [part("#report"), part("#status"), part("#notice")];
const changes = part<HTMLInputElement>("#changes");

let shown: { readonly trial: Trial; readonly outcome: Outcome } | null = null;
let asked: Trial | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

const code = new CodeEditor(part("#code"), () => changed());
const output = new OutputView(part("#output"));
const form = new OptionsForm(part<HTMLFormElement>("#options"), changed, (id) => {
  const example = exampleOf(id);
  if (example !== null) start(trialOf(example));
});
const session = new Session(answered);

/** Takes up a trial as a whole. */
function start(trial: Trial): void {
  form.show(trial, exampleWith(trial));
  code.show(trial.code);
  ask();
}

function changed(): void {
  notice.textContent = "";
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
}

function ask(): void {
  clearTimeout(timer);
  const trial = form.trialWith(code.text);
  if (exampleWith(trial) === "") form.leaveExample();
  asked = trial;
  code.speak(trial.file);
  document.body.dataset["state"] = "working";
  session.ask(trial);
  void linkOf(trial).then((link) => {
    if (asked === trial) history.replaceState(null, "", link);
  });
}

function answered(answer: Parameters<Listener>[0]): void {
  if (asked === null) return;
  if (answer !== null && "outcome" in answer) showResult(asked, answer.outcome);
  else
    showFailure(
      answer?.problem ?? {
        message:
          "There was no answer: a part of the page could not be loaded, or this takes too long for it. Try the command line.",
        line: null,
        column: null,
      },
    );
}

function showResult(trial: Trial, outcome: Outcome): void {
  shown = { trial, outcome };
  document.body.dataset["state"] = "done";
  showOutput();
  showOutcome(report, outcome, goTo);
  status.textContent = summaryOf(outcome);
  code.mark([
    ...outcome.findings.map(({ from, message, rule, to }): Diagnostic => {
      return { from, to, severity: "warning", source: rule, message };
    }),
    ...outcome.migration.refusals.map((refusal): Diagnostic => {
      const from = code.offsetOf(refusal.line, refusal.column);
      const message = `Stays as it is: ${refusal.message}`;
      return { from, to: code.endOf(from), severity: "info", source: refusal.code, message };
    }),
  ]);
}

function showFailure(problem: Problem): void {
  document.body.dataset["state"] = "failed";
  showProblem(report, problem, goTo);
  status.textContent = problem.line === null ? "Not looked at" : "Does not parse";
  const from = problem.line === null ? null : code.offsetOf(problem.line, problem.column ?? 1);
  code.mark(from === null ? [] : [{ from, to: from, severity: "error", message: problem.message }]);
}

function showOutput(): void {
  if (shown === null) return;
  const { trial, outcome } = shown;
  output.show(outcome.migration.output, trial.file, changes.checked ? trial.code : null);
}

function goTo(line: number, column: number): void {
  code.goTo(code.offsetOf(line, column));
}

/** The example that a trial is, whatever its options are; empty for none. */
function exampleWith({ code: text, file }: Trial): string {
  const found = EXAMPLES.flatMap(({ examples }) => examples).find((each) => each.code === text && each.file === file);
  return found?.id ?? "";
}

/** Copies a text, and says so on the button for a while. */
async function copy(button: HTMLElement, text: string): Promise<void> {
  const label = button.dataset["label"] ?? button.textContent;
  button.dataset["label"] = label;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Not allowed";
  }
  setTimeout(() => (button.textContent = label), 1500);
}

async function open(): Promise<void> {
  const trial = await trialIn(location.hash);
  notice.textContent =
    trial === null && location.hash.length > 1
      ? "This link holds nothing that can be read. Here is an example instead."
      : "";
  start(trial ?? trialOf(FIRST_EXAMPLE));
}

for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-docs]"))
  link.href = pageOf(link.dataset["docs"]!);
changes.addEventListener("change", showOutput);
part("#copy").addEventListener("click", ({ currentTarget }) => void copy(currentTarget as HTMLElement, output.text));
part("#share").addEventListener("click", ({ currentTarget }) => {
  const trial = form.trialWith(code.text);
  void linkOf(trial).then((link) => copy(currentTarget as HTMLElement, new URL(link, location.href).href));
});
addEventListener("hashchange", () => void open());
void open();
