import fc from "fast-check";
import type { PrintedProgram } from "./random-print.ts";
import { block, type Lines } from "./random-text.ts";

/** A program whose operations count until the last is complete, as data. */
export interface Countdown {
  readonly pattern: "callback" | "handler";
  readonly starts: "for of" | "for" | "for each" | "statements";
  readonly counting: "down from the amount" | "down from the starts" | "up to the amount";
  readonly asking: "at once" | "after counting" | "way out" | "helper" | "finally";
  readonly counter: "local" | "module";
  /** What an error does to the count. */
  readonly failure: "counts" | "counts in its branch" | "leaves uncounted";
  readonly finish: "call" | "event" | "call and event";
  readonly isRead: boolean;
  readonly notesAfter: boolean;
  readonly amount: number;
  readonly delays: readonly number[];
}

/** Arbitrary programs of that kind. */
export const arbitraryCountdown: fc.Arbitrary<Countdown> = fc.record({
  pattern: fc.constantFrom("callback", "handler"),
  starts: fc.constantFrom("for of", "for", "for each", "statements"),
  counting: fc.constantFrom("down from the amount", "down from the starts", "up to the amount"),
  asking: fc.constantFrom("at once", "after counting", "way out", "helper", "finally"),
  counter: fc.constantFrom("local", "local", "module"),
  failure: fc.constantFrom("counts", "counts", "counts in its branch", "leaves uncounted"),
  finish: fc.constantFrom("call", "event", "call and event"),
  isRead: fc.nat(4).map((value) => value === 4),
  notesAfter: fc.boolean(),
  amount: fc.integer({ min: 0, max: 3 }),
  delays: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }),
});

/** Prints a program; `component` is the class of its objects with events. */
export function printCountdown(program: Countdown, component: "ScriptedEvents" | "ScriptedEventsWithTwins"): PrintedProgram {
  const { pattern, starts, counting, counter, finish, notesAfter, delays } = program;
  // An error that is not counted, and a loop without a round, would leave the wait without an end.
  const amount = finish === "call" ? program.amount : Math.max(program.amount, 1);
  const count = starts === "statements" ? 2 : amount;
  const isUp = counting === "up to the amount";
  const total = starts === "statements" ? "2" : "keys.length";
  const declared = `let left = ${counting === "down from the amount" ? (counter === "local" ? total : String(count)) : "0"};`;
  const adds = counting === "down from the starts" ? ["left++;"] : [];
  const steps = Array.from({ length: count }, (_, index) => `{ value: "value ${index}", delay: ${delays[index % delays.length]!} }`).join(", ");
  const finishing = [...(finish === "event" ? [] : ['trace("all");']), ...(finish === "call" ? [] : ["done.Set();"])];
  const [counts, helper] = countingLines(program, isUp ? `=== ${total}` : "=== 0", isUp ? `< ${total}` : "> 0", finishing);
  const body = pattern === "callback" ? callbackBody(program, counts) : handlerBody(program, counts);
  const start = (key: string): Lines =>
    pattern === "callback"
      ? [...adds, ...block("channel.BeginQuery((ar: IAsyncResult) =>", body.map((line) => line.replaceAll("KEY", key)), ", null);")]
      : [`const loader = new ${component}({ Load: [{ value: "value", delay: 3 }] });`, ...block("loader.add_LoadCompleted((_sender: object, e: LoadCompletedEventArgs) =>", body.map((line) => line.replaceAll("KEY", key)), ");"), ...adds, `loader.LoadAsync(${key});`];
  const lines = [
    ...(counter === "local" ? [declared] : []),
    ...helper,
    ...startLines(starts, start),
    ...(notesAfter ? ['trace("started");'] : []),
    ...(finish === "call" ? [] : ["done.WaitOne();", 'trace("waited");']),
  ];
  const keys = Array.from({ length: starts === "statements" ? 0 : amount }, (_, index) => `"key ${index}"`).join(", ");
  const text = [
    `import { AutoResetEvent, type IAsyncResult, type LoadCompletedEventArgs, ScriptedChannel, ${component}, trace } from "../runtime/index.ts";`,
    "",
    ...(pattern === "callback" ? [`const channel = new ScriptedChannel({ Query: [${steps}] });`] : []),
    ...(finish === "call" ? [] : ["const done = new AutoResetEvent(false);"]),
    ...(counter === "module" ? [declared] : []),
    "",
    ...block("function run(keys: readonly string[]): void", lines),
    "",
    `run([${keys}]);`,
    'trace("end");',
    "",
  ].join("\n");
  return { text, shapes: new Set([`starts: ${starts}`, `counting: ${counting}`, `asking: ${program.asking}`, `finish: ${finish}`, ...(isEndless(program) ? ["set in try"] : [])]) };
}

/** Whether somebody would wait for ever after an error, as nothing sets the event then. */
function isEndless({ failure, asking, pattern }: Countdown): boolean {
  return failure === "leaves uncounted" && !(pattern === "callback" && asking === "finally");
}

/** What counts and asks, and the function that does so for the callback. */
function countingLines({ asking, counting, isRead }: Countdown, last: string, more: string, finishing: Lines): readonly [Lines, Lines] {
  const operator = counting === "up to the amount" ? "++" : "--";
  const read = isRead ? ['trace("counted", left);'] : [];
  switch (asking) {
    case "at once":
    case "finally":
      return [block(`if (${operator}left ${last})`, finishing), []];
    case "after counting":
      return [[`left${operator};`, ...read, ...block(`if (left ${last})`, finishing)], []];
    case "way out":
      return [[`if (${operator}left ${more}) return;`, ...finishing], []];
    case "helper":
      return [["countDown();"], block("const countDown = (): void =>", block(`if (${operator}left ${last})`, finishing), ";")];
  }
}

function callbackBody({ failure, asking }: Countdown, counts: Lines): Lines {
  const ended = "trace(KEY, channel.EndQuery(ar));";
  const caught = 'trace(KEY, "failed", String(error));';
  if (asking === "finally") return joined([...block("try", [ended]), ...block("catch (error)", [caught]), ...block("finally", counts)]);
  if (failure === "leaves uncounted") return joined([...block("try", [ended]), ...block("catch (error)", [caught, "return;"]), ...counts]);
  return joined([...block("try", [ended]), ...block("catch (error)", [caught]), ...counts]);
}

function handlerBody({ failure }: Countdown, counts: Lines): Lines {
  const failed = 'trace(KEY, "failed", e.Error?.message ?? "cancelled");';
  if (failure === "counts") return joined([...block("if (e.Error || e.Cancelled)", [failed]), ...block("else", ["trace(KEY, e.Result);"]), ...counts]);
  return [...block("if (e.Error || e.Cancelled)", [failed, ...(failure === "counts in its branch" ? [...counts] : []), "return;"]), "trace(KEY, e.Result);", ...counts];
}

function joined(lines: Lines): Lines {
  return lines.join("\n").replaceAll(/\n\}\n(catch|else|finally)/gu, "\n} $1").split("\n");
}

function startLines(starts: Countdown["starts"], start: (key: string) => Lines): Lines {
  switch (starts) {
    case "for of":
      return block("for (const key of keys)", start("key"));
    case "for":
      return block("for (let i = 0; i < keys.length; i++)", start("keys[i]!"));
    case "for each":
      return block("keys.forEach((key) =>", start("key"), ");");
    case "statements":
      return [...start('"first"'), ...start('"second"').map((line) => line.replaceAll(/\bloader\b/gu, "other"))];
  }
}
