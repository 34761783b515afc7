import type { Program, Stem, Unit } from "./random-model.ts";
import { printStatements } from "./random-statements.ts";
import { block, type Callable, type Calls, type Scope, Text } from "./random-text.ts";

/** A program as text, and the shapes that it shows. */
export interface PrintedProgram {
  readonly text: string;
  readonly shapes: ReadonlySet<string>;
}

const STEMS: readonly Stem[] = ["Query", "Read", "Write"];

export function printProgram({ units, top, delays }: Program): PrintedProgram {
  const text = new Text();
  const called = new Set<Callable>();
  const callables: Callable[] = [];
  for (const unit of units) callables.push(printUnit(text, unit, [...callables], called));

  const calls: Calls = { Query: 0, Read: 0, Write: 0 };
  const scope: Scope = {
    text,
    self: null,
    members: [],
    isStatic: false,
    canReturn: false,
    isInForEach: false,
    callables,
    called,
    calls,
    times: 1,
  };
  if (top.length > 0) text.mark("top level");
  const body = [...printStatements(scope, top)];
  for (const callable of callables.filter((unused) => !called.has(unused))) {
    for (const stem of STEMS) calls[stem] += callable.calls[stem];
    body.push(callable.returnsText ? `trace(${callable.call});` : `${callable.call};`);
  }
  const steps = (stem: Stem): string =>
    Array.from(
      { length: calls[stem] },
      (_, call) => `{ ${stem === "Query" ? `value: "answer ${call}", ` : ""}delay: ${delays[call % delays.length]!} }`,
    ).join(", ");
  const program = [
    `const channel = new ScriptedChannel({ ${STEMS.map((stem) => `${stem}: [${steps(stem)}]`).join(", ")} });`,
    "const buffer = new Uint8Array(8);",
    "",
    ...text.parts.flatMap((part) => [part, ""]),
    ...body,
    'trace("end");',
    "",
  ].join("\n");
  const names = [
    "AsyncCallback",
    "AutoResetEvent",
    "IAsyncResult",
    "ManualResetEvent",
    "ScriptedChannel",
    "TimeSpan",
    "trace",
    "WaitHandle",
  ];
  const imported = names
    .filter((name) => new RegExp(`\\b${name}\\b`, "u").test(program))
    .map((name) => (name === "IAsyncResult" ? `type ${name}` : name));
  return { text: `import { ${imported.join(", ")} } from "../runtime/index.ts";\n\n${program}`, shapes: text.shapes };
}

function printUnit(
  text: Text,
  { form, body, returnsText }: Unit,
  callables: readonly Callable[],
  called: Set<Callable>,
): Callable {
  const id = text.id();
  const isClass = form === "method" || form === "static";
  const name = `Worker${id}`;
  const members: string[] = [];
  const calls: Calls = { Query: 0, Read: 0, Write: 0 };
  const self = form === "method" ? "this" : form === "static" ? name : null;
  const scope: Scope = {
    text,
    self,
    members,
    isStatic: form === "static",
    canReturn: true,
    isInForEach: false,
    callables,
    called,
    calls,
    times: 1,
  };
  text.mark(`unit: ${form}`);
  const lines = [...printStatements(scope, body), ...(returnsText ? ['return "text";'] : [])];
  const type = "string | void";
  if (!isClass) {
    text.parts.push(
      (form === "const"
        ? block(`const run${id} = (): ${type} =>`, lines, ";")
        : block(`function run${id}(): ${type}`, lines)
      ).join("\n"),
    );
    return { call: `run${id}()`, calls, returnsText };
  }
  const method = block(`${form === "static" ? "static " : ""}run${id}(): ${type}`, lines);
  const inner = [...members, method.join("\n")].flatMap((member, index) => [
    ...(index === 0 ? [] : [""]),
    ...member.split("\n"),
  ]);
  text.parts.push(block(`class ${name}`, inner).join("\n"));
  if (form === "method" && id % 2 === 0) text.parts.push(`const worker${id} = new ${name}();`);
  const receiver = form === "static" ? name : id % 2 === 0 ? `worker${id}` : `new ${name}()`;
  return { call: `${receiver}.run${id}()`, calls, returnsText };
}
