import { declarationsOf, inKinds, type Kinds, NO_KINDS } from "./random-kinds.ts";
import type { Program, Stem, Unit } from "./random-model.ts";
import { printStatements } from "./random-statements.ts";
import { block, type Callable, type Calls, type Scope, Text } from "./random-text.ts";

/** A program as text, and the shapes that it shows. */
export interface PrintedProgram {
  readonly text: string;
  readonly shapes: ReadonlySet<string>;
}

const STEMS: readonly Stem[] = ["Query", "Read", "Write"];

/** @param kinds what the program holds beside what it holds in any case */
export function printProgram({ units, top, delays }: Program, kinds: Kinds = NO_KINDS): PrintedProgram {
  const text = new Text(kinds);
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
      (_, call) =>
        `{ ${stem === "Query" ? `value: "answer ${call}", ` : ""}${kinds.has("one tick") ? "completesSynchronously: true" : `delay: ${delays[call % delays.length]!}`} }`,
    ).join(", ");
  const program = [
    `const channel = new ScriptedChannel({ ${STEMS.map((stem) => `${stem}: [${steps(stem)}]`).join(", ")} });`,
    "const buffer = new Uint8Array(8);",
    "",
    ...[...declarationsOf(kinds), ...text.parts].flatMap((part) => [part, ""]),
    ...body,
    'trace("end");',
    ...(kinds.has("one tick") ? ['setTimeout(() => trace("total", total), 999);'] : []),
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
  const whole = `import { ${imported.join(", ")} } from "../runtime/index.ts";\n\n${program}`;
  return inKinds({ text: whole, shapes: text.shapes }, kinds);
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
  const { kinds } = text;
  const lines = [
    ...(kinds.has("own names") && !isClass
      ? [`const run${id} = (text: string): void => trace("own", text);`, `run${id}("name");`]
      : []),
    ...printStatements(scope, body),
    ...(returnsText ? ['return "text";'] : []),
  ];
  const type = "string | void";
  if (!isClass) {
    const fn =
      form === "const"
        ? block(`const run${id} = (): ${type} =>`, lines, ";")
        : block(`function run${id}(): ${type}`, lines);
    const isQualified = kinds.has("namespaces");
    text.parts.push(
      (isQualified ? block(`namespace Names${id}`, [`export ${fn[0]!}`, ...fn.slice(1)]) : fn).join("\n"),
    );
    return { call: `${isQualified ? `Names${id}.` : ""}run${id}()`, calls, returnsText };
  }
  // A base class that knows of the method only that its subclasses have it.
  const isDerived = kinds.has("plain JavaScript") && form === "method";
  if (isDerived)
    text.parts.push(`class Base${id} {\n  start${id}(): any {\n    return (this as any).run${id}();\n  }\n}`);
  const method = [
    ...(kinds.has("decorators") ? ["@told"] : []),
    ...block(`${form === "static" ? "static " : ""}run${id}(): ${type}`, lines),
  ];
  const inner = [...members, method.join("\n")].flatMap((member, index) => [
    ...(index === 0 ? [] : [""]),
    ...member.split("\n"),
  ]);
  text.parts.push(block(`class ${name}${isDerived ? ` extends Base${id}` : ""}`, inner).join("\n"));
  if (form === "method" && id % 2 === 0) text.parts.push(`const worker${id} = new ${name}();`);
  const receiver = form === "static" ? name : id % 2 === 0 ? `worker${id}` : `new ${name}()`;
  return { call: `${receiver}.${isDerived ? "start" : "run"}${id}()`, calls, returnsText };
}
