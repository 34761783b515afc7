import { printChain } from "./random-chains.ts";
import { printRounds } from "./random-rounds.ts";
import type { Call, Group, Inline, Loop, Statement, Switch, Try } from "./random-model.ts";
import { begin, block, end, enclose, guarded, type Lines, type Scope, timeOut } from "./random-text.ts";

/** Prints statements, and declares in the class or the module what they need. */
export function printStatements(scope: Scope, statements: readonly Statement[]): Lines {
  return statements.flatMap((statement) => printStatement(scope, statement));
}

function printStatement(scope: Scope, statement: Statement): Lines {
  const { text } = scope;
  switch (statement.kind) {
    case "note":
      return [text.note()];
    case "at once": {
      text.mark("at once");
      return [end(text, statement.stem, begin(scope, statement.stem, ["null"], "null").join(""))];
    }
    case "inline":
      return printInline(scope, statement);
    case "group":
      return printGroup(scope, statement);
    case "chain":
      return printChain(scope, statement, printStatements);
    case "rounds":
      return printRounds(scope, statement);
    case "call":
      return printCall(scope, statement);
    case "return":
      return scope.canReturn ? [`if (buffer.length > ${statement.above}) return;`] : [];
    case "if": {
      text.mark("if");
      return either(
        `if (buffer.length > ${statement.above})`,
        printStatements(scope, statement.then),
        printStatements(scope, statement.otherwise),
      );
    }
    case "switch":
      return printSwitch(scope, statement);
    case "loop":
      return printLoop(scope, statement);
    case "try":
      return printTry(scope, statement);
  }
}

function either(head: string, then: Lines, otherwise: Lines): Lines {
  return otherwise.length === 0
    ? block(head, then)
    : [...block(head, then).slice(0, -1), ...block("} else", otherwise)];
}

function printInline(scope: Scope, statement: Inline): Lines {
  const { text } = scope;
  const { stem, wait } = statement;
  const handle = `ar${text.id()}`;
  text.mark(`inline: ${wait}`);
  const start = begin(scope, stem, ["null"], "null").join("");
  const waits: Record<Inline["wait"], () => Lines> = {
    none: () => [],
    wait: () => [`${handle}.AsyncWaitHandle.WaitOne();`],
    poll: () => [`while (!${handle}.IsCompleted) {`, "}"],
    "time-out": () => [
      `if (!${handle}.AsyncWaitHandle.WaitOne(${timeOut(text, statement.patience)})) trace("late ${text.id()}");`,
    ],
    "time span": () => [
      `trace("in time", ${handle}.AsyncWaitHandle.WaitOne(TimeSpan.FromMilliseconds(${timeOut(text, statement.patience)})));`,
    ],
  };
  const between = printStatements(scope, statement.between);
  if (between.length > 0) text.mark("inline: overlapped");
  const waited = waits[wait]();
  const way =
    statement.returnsAbove === null || !scope.canReturn
      ? []
      : [`if (buffer.length > ${statement.returnsAbove}) return;`];
  if (way.length > 0) text.mark("inline: way out");
  const last = end(text, stem, handle);
  return [
    ...(statement.isDeclaredFirst
      ? [`let ${handle}: IAsyncResult;`, `${handle} = ${start};`]
      : [`const ${handle} = ${start};`]),
    ...between,
    ...waited,
    ...way,
    ...(statement.isGuarded ? guarded(text, [last]) : [last]),
  ];
}

function printGroup(scope: Scope, statement: Group): Lines {
  const { text } = scope;
  const { stems, wait, patience } = statement;
  text.mark(`group: ${wait}${patience === null ? "" : " with time-out"}`);
  const handles = stems.map(() => `ar${text.id()}`);
  const begins = stems.map(
    (stem, index) => `const ${handles[index]!} = ${begin(scope, stem, ["null"], "null").join("")};`,
  );
  const list = `[${handles.map((handle) => `${handle}.AsyncWaitHandle`).join(", ")}]`;
  const name = `handles${text.id()}`;
  const call = `WaitHandle.Wait${wait === "all" ? "All" : "Any"}(${statement.hasList ? name : list}${patience === null ? "" : `, ${timeOut(text, patience)}`})`;
  const between = printStatements(scope, statement.between);
  const ends = stems.map((stem, index) => end(text, stem, handles[index]!));
  return [
    ...begins,
    ...between,
    ...(statement.hasList ? [`const ${name} = ${list};`] : []),
    wait === "all" && patience === null ? `${call};` : `trace("waited", ${call});`,
    ...(statement.isGuarded ? guarded(text, ends) : ends),
  ];
}

function printCall(scope: Scope, { which, use }: Call): Lines {
  const { callables, calls, called, text, times } = scope;
  const callable = callables[which % Math.max(1, callables.length)];
  if (callable === undefined) return [];
  called.add(callable);
  text.mark(`call: ${use}`);
  for (const stem of ["Query", "Read", "Write"] as const) calls[stem] += times * callable.calls[stem];
  switch (use) {
    case "statement":
      return [`${callable.call};`];
    case "traced":
      return [`trace("result", ${callable.call});`];
    case "condition":
      return block(`if (${callable.call} === "text")`, [text.note()]);
    case "constant": {
      const name = `result${text.id()}`;
      return [`const ${name} = ${callable.call};`, `trace(${name});`];
    }
  }
}

function printSwitch(scope: Scope, { value, then, otherwise }: Switch): Lines {
  scope.text.mark("switch");
  return block("switch (buffer.length)", [
    ...block(`case ${value}:`, [...printStatements(scope, then), "break;"]),
    ...block("default:", printStatements(scope, otherwise)),
  ]);
}

function printLoop(scope: Scope, { style, body, exit }: Loop): Lines {
  const { text } = scope;
  text.mark(`loop: ${style}`);
  const name = `round${text.id()}`;
  const printed = printStatements(
    { ...scope, times: scope.times * 2, isInForEach: scope.isInForEach || style === "for each" },
    body,
  );
  // Left out: a `break` in `forEach` does not exist, and there a `continue` is a `return`.
  const ways =
    style === "for each"
      ? { none: "", break: "", continue: "return" }
      : { none: "", break: "break", continue: "continue" };
  const way = ways[exit] === "" ? [] : [`if (${name} === 1) ${ways[exit]};`, text.note()];
  const lines = [`trace("round", ${name});`, ...printed, ...way];
  switch (style) {
    case "for":
      return block(`for (let ${name} = 0; ${name} < 2; ${name}++)`, lines);
    case "for of":
      return block(`for (const ${name} of [1, 2])`, lines);
    case "while":
      return [`let ${name} = 0;`, ...block(`while (${name} < 2)`, [`${name} += 1;`, ...lines])];
    case "do":
      return [`let ${name} = 0;`, ...block("do", [`${name} += 1;`, ...lines], ` while (${name} < 2);`)];
    case "for each":
      return enclose("[1, 2].forEach(", block(`(${name}) =>`, lines), ");");
  }
}

function printTry(scope: Scope, { body, handler, last }: Try): Lines {
  const { text } = scope;
  text.mark(...(handler === null && last !== null ? [] : ["try: catch"]), ...(last === null ? [] : ["try: finally"]));
  const lines = printStatements(scope, body);
  const caught =
    handler === null && last !== null
      ? null
      : [`trace("caught ${text.id()}", error);`, ...printStatements(scope, handler ?? [])];
  return [
    ...block("try", lines).slice(0, -1),
    ...(caught === null ? [] : block("} catch (error)", caught).slice(0, -1)),
    ...(last === null ? ["}"] : block("} finally", [text.note(), ...printStatements(scope, last)])),
  ];
}
