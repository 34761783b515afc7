import fc from "fast-check";
import type { PrintedProgram } from "./random-print.ts";
import { block, type Lines } from "./random-text.ts";

/** A program whose operations count until the last is complete, as data. */
export interface Countdown {
  readonly pattern: "callback" | "handler";
  readonly starts: "for of" | "for" | "for each" | "statements";
  readonly counting: "down from the amount" | "down from the starts" | "up to the amount";
  readonly asking: "at once" | "after counting" | "way out" | "helper" | "finally";
  readonly counter:
    "local" | "local object" | "module" | "object" | "private field" | "hash field" | "open field" | "static field";
  /** Whether it gets its value in each run, before the starts. */
  readonly isReset: boolean;
  /** Leaves where operations are pending. */
  readonly isGuarded: boolean;
  /** Calls the same function, or method of an object, again at once. */
  readonly isTwice: boolean;
  /** Where the operations of a class are completed: in place, or in a method of it. */
  readonly handler: "inline" | "forwarded" | "bound" | "arrow field" | "self";
  /** What an error does to the count. */
  readonly failure: "counts" | "counts in its branch" | "leaves uncounted";
  /** What the last one does; an event that counts signals by itself does nothing but wake who waits. */
  readonly finish: "call" | "event" | "call and event" | "signal";
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
  counter: fc.constantFrom(
    "local",
    "local",
    "module",
    "local object",
    "object",
    "private field",
    "private field",
    "hash field",
    "open field",
    "static field",
  ),
  isReset: fc.boolean(),
  isGuarded: fc.nat(3).map((value) => value === 3),
  isTwice: fc.nat(3).map((value) => value === 3),
  handler: fc.constantFrom("inline", "inline", "forwarded", "bound", "arrow field", "self"),
  failure: fc.constantFrom("counts", "counts", "counts in its branch", "leaves uncounted"),
  finish: fc.constantFrom("call", "event", "call and event", "signal"),
  isRead: fc.nat(4).map((value) => value === 4),
  notesAfter: fc.boolean(),
  amount: fc.integer({ min: 0, max: 3 }),
  delays: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }),
});

/** Prints a program; `component` is the class of its objects with events. */
export function printCountdown(
  program: Countdown,
  component: "ScriptedEvents" | "ScriptedEventsWithTwins",
): PrintedProgram {
  const { pattern, starts, counting, counter, finish, notesAfter, delays } = program;
  const isClass = counter.endsWith("field");
  const isLocal = counter.startsWith("local");
  // An error that is not counted, and a loop without a round, would leave the wait without an end.
  const isSignalled = finish === "signal";
  const amount = finish === "call" || isSignalled ? program.amount : Math.max(program.amount, 1);
  const count = starts === "statements" ? 2 : amount;
  const isUp = counting === "up to the amount" && !isSignalled;
  const isAdded = counting === "down from the starts" || (isSignalled && counting !== "down from the amount");
  const isReset = program.isReset && !isLocal && (!isAdded || isSignalled);
  // Who waits for a count that began elsewhere would wait for ever.
  const isTwice =
    program.isTwice &&
    (finish === "call" || isLocal || isReset || (isAdded && !isSignalled)) &&
    !(program.failure === "leaves uncounted" && finish !== "call");
  const handler =
    isClass && !(isUp && starts !== "statements" && program.handler !== "self") ? program.handler : "inline";
  const total = starts === "statements" ? "2" : "keys.length";
  const amountOf = (isSeen: boolean): string =>
    counting === "down from the amount" ? (isSeen ? total : String(count)) : isSignalled ? "1" : "0";
  const valueOf = (isSeen: boolean): string =>
    isSignalled ? `new CountdownEvent(${amountOf(isSeen)})` : amountOf(isSeen);
  const steps = Array.from(
    { length: isTwice ? 2 * count : count },
    (_, index) => `{ value: "value ${index}", delay: ${delays[index % delays.length]!} }`,
  ).join(", ");
  const finishing = [...(finish === "event" ? [] : ['trace("all");']), ...(finish === "call" ? [] : ["done.Set();"])];
  const waiting = isSignalled ? ["LEFT.Wait();"] : finish === "call" ? [] : ["done.WaitOne();"];
  // A method does not see the parameter of another.
  const seen = isClass && program.asking === "helper" ? String(count) : total;
  const [counts, helper] = countingLines(
    program,
    isUp ? `=== ${seen}` : "=== 0",
    isUp ? `< ${seen}` : "> 0",
    finishing,
  );
  const body = (pattern === "callback" ? callbackBody(program, counts) : handlerBody(program, counts)).map((line) =>
    handler === "self" ? named(line, program, "self") : line,
  );
  const guard =
    program.isGuarded && !isLocal && !isUp && finish === "call" && (isReset || counting === "down from the starts")
      ? ["if (LEFT > 0) return;"]
      : [];
  const lines = [
    ...guard,
    ...(counter === "local"
      ? [`${isSignalled ? "const" : "let"} left = ${valueOf(true)};`]
      : counter === "local object"
        ? [`const state = { left: ${valueOf(true)} };`]
        : []),
    ...(isReset ? [isSignalled ? `LEFT.Reset(${amountOf(true)});` : `LEFT = ${amountOf(true)};`] : []),
    ...(isClass ? [] : helper),
    ...startLines(starts, startOf(program, handler, body, component)),
    ...(notesAfter ? ['trace("started");'] : []),
    ...(isSignalled && isAdded ? ["LEFT.Signal();"] : []),
    ...(waiting.length === 0 ? [] : [...waiting, 'trace("waited");']),
  ];
  const keys = `[${Array.from({ length: starts === "statements" ? 0 : amount }, (_, index) => `"key ${index}"`).join(", ")}]`;
  const initial = isReset && !isSignalled ? "0" : valueOf(false);
  const members = handler === "inline" || handler === "self" ? [] : methodLines(program, handler, body);
  const text = [
    `import { AutoResetEvent, CountdownEvent, type IAsyncResult, type LoadCompletedEventArgs, ScriptedChannel, ${component}, trace } from "../runtime/index.ts";`,
    "",
    ...(pattern === "callback" ? [`const channel = new ScriptedChannel({ Query: [${steps}] });`] : []),
    ...(finish === "call" || isSignalled ? [] : ["const done = new AutoResetEvent(false);"]),
    ...(counter === "module"
      ? [`${isSignalled ? "const" : "let"} left = ${initial};`]
      : counter === "object"
        ? [`const state = { name: "state", left: ${initial} };`]
        : []),
    "",
    ...(isClass
      ? classLines(
          program,
          initial,
          [...(handler === "self" ? ["const self = this;"] : []), ...lines],
          [...members, ...helperMethod(helper)],
        )
      : block("function run(keys: readonly string[]): void", lines)),
    "",
    ...runLines(program, isTwice, keys),
    'trace("end");',
    "",
  ].join("\n");
  const shapes = [
    `starts: ${starts}`,
    `counting: ${counting}`,
    `asking: ${program.asking}`,
    `finish: ${finish}`,
    `counter: ${counter}`,
    ...(isClass ? [`in class: ${handler}`] : []),
    ...(isEndless(program) ? ["set in try"] : []),
  ];
  return { text: named(text, program, "this"), shapes: new Set(shapes) };
}

/** Names the counter, and what counts, in a text: as members of an object where they are that. */
function named(text: string, { counter }: Countdown, object: "self" | "this"): string {
  const places = {
    local: "left",
    "local object": "state.left",
    module: "left",
    object: "state.left",
    "private field": `${object}.left`,
    "hash field": `${object}.#left`,
    "open field": `${object}.left`,
    "static field": "Runner.left",
  };
  return text
    .replaceAll("LEFT", places[counter])
    .replaceAll(/(?<!\.)countDown\(\);/gu, `${counter.endsWith("field") ? `${object}.` : ""}countDown();`);
}

/** What starts one operation, with its callback or handler. */
function startOf(
  { pattern, counting, finish }: Countdown,
  handler: Countdown["handler"],
  body: Lines,
  component: string,
): (key: string) => Lines {
  const adds =
    finish === "signal" && counting !== "down from the amount"
      ? ["LEFT.AddCount();"]
      : counting === "down from the starts"
        ? ["LEFT++;"]
        : [];
  const parameters = pattern === "callback" ? "(ar: IAsyncResult)" : "(_sender: object, e: LoadCompletedEventArgs)";
  const head = handler === "self" ? `function ${parameters}` : `${parameters} =>`;
  const method = {
    inline: "",
    self: "",
    forwarded: pattern === "callback" ? "(ar) => this.completed(ar)" : "(_sender, e) => this.completed(e)",
    bound: "this.completed.bind(this)",
    "arrow field": "this.completed",
  }[handler];
  return (key) => {
    const added = (before: string, after: string): Lines =>
      method === ""
        ? block(
            `${before}${head}`,
            body.map((line) => line.replaceAll("KEY", key)),
            after,
          )
        : [`${before}${method}${after}`];
    if (pattern === "callback") return [...adds, ...added("channel.BeginQuery(", ", null);")];
    return [
      `const loader = new ${component}({ Load: [{ value: "value", delay: 3 }] });`,
      ...added("loader.add_LoadCompleted(", ");"),
      ...adds,
      `loader.LoadAsync(${key});`,
    ];
  };
}

/** The method of a class that completes its operations. */
function methodLines({ pattern }: Countdown, handler: Countdown["handler"], body: Lines): Lines {
  const parameters =
    pattern === "callback"
      ? "(ar: IAsyncResult)"
      : handler === "forwarded"
        ? "(e: LoadCompletedEventArgs)"
        : "(_sender: object, e: LoadCompletedEventArgs)";
  const lines = body.map((line) => line.replaceAll("KEY", '"some key"'));
  return handler === "arrow field"
    ? block(`private readonly completed = ${parameters}: void =>`, lines, ";")
    : block(`private completed${parameters}: void`, lines);
}

/** A function that counts, as a method. */
function helperMethod(helper: Lines): Lines {
  return helper.length === 0 ? [] : ["private countDown(): void {", ...helper.slice(1, -1), "}"];
}

function classLines({ counter }: Countdown, initial: string, run: Lines, members: Lines): Lines {
  const field =
    { "private field": "private left", "hash field": "#left", "static field": "static left" }[counter as string] ??
    "left";
  return block("class Runner", [
    `${field} = ${initial};`,
    "",
    ...block("run(keys: readonly string[]): void", run),
    ...(members.length === 0 ? [] : ["", ...members]),
  ]);
}

function runLines({ counter }: Countdown, isTwice: boolean, keys: string): Lines {
  if (!counter.endsWith("field")) return Array.from({ length: isTwice ? 2 : 1 }, () => `run(${keys});`);
  return isTwice
    ? ["const runner = new Runner();", `runner.run(${keys});`, `runner.run(${keys});`]
    : [`new Runner().run(${keys});`];
}

/** Whether somebody would wait for ever after an error, as nothing sets the event then. */
function isEndless({ failure, asking, pattern }: Countdown): boolean {
  return failure === "leaves uncounted" && !(pattern === "callback" && asking === "finally");
}

/** What counts and asks, and the function that does so for the callback. */
function countingLines(
  { asking, counting, finish, isRead }: Countdown,
  last: string,
  more: string,
  finishing: Lines,
): readonly [Lines, Lines] {
  if (finish === "signal")
    return asking === "helper"
      ? [["countDown();"], block("const countDown = (): void =>", ["LEFT.Signal();"], ";")]
      : [["LEFT.Signal();"], []];
  const operator = counting === "up to the amount" ? "++" : "--";
  const read = isRead ? ['trace("counted", LEFT);'] : [];
  switch (asking) {
    case "at once":
    case "finally":
      return [block(`if (${operator}LEFT ${last})`, finishing), []];
    case "after counting":
      return [[`LEFT${operator};`, ...read, ...block(`if (LEFT ${last})`, finishing)], []];
    case "way out":
      return [[`if (${operator}LEFT ${more}) return;`, ...finishing], []];
    case "helper":
      return [
        ["countDown();"],
        block("const countDown = (): void =>", block(`if (${operator}LEFT ${last})`, finishing), ";"),
      ];
  }
}

function callbackBody({ failure, asking }: Countdown, counts: Lines): Lines {
  const ended = "trace(KEY, channel.EndQuery(ar));";
  const caught = 'trace(KEY, "failed", String(error));';
  if (asking === "finally")
    return joined([...block("try", [ended]), ...block("catch (error)", [caught]), ...block("finally", counts)]);
  if (failure === "leaves uncounted")
    return joined([...block("try", [ended]), ...block("catch (error)", [caught, "return;"]), ...counts]);
  return joined([...block("try", [ended]), ...block("catch (error)", [caught]), ...counts]);
}

function handlerBody({ failure }: Countdown, counts: Lines): Lines {
  const failed = 'trace(KEY, "failed", e.Error?.message ?? "cancelled");';
  if (failure === "counts")
    return joined([
      ...block("if (e.Error || e.Cancelled)", [failed]),
      ...block("else", ["trace(KEY, e.Result);"]),
      ...counts,
    ]);
  return [
    ...block("if (e.Error || e.Cancelled)", [
      failed,
      ...(failure === "counts in its branch" ? [...counts] : []),
      "return;",
    ]),
    "trace(KEY, e.Result);",
    ...counts,
  ];
}

function joined(lines: Lines): Lines {
  return lines
    .join("\n")
    .replaceAll(/\n\}\n(catch|else|finally)/gu, "\n} $1")
    .split("\n");
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
