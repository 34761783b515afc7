import type { EventLink, EventProgram, EventStem, Flow, HandlerForm } from "./random-events-model.ts";
import type { PrintedProgram } from "./random-print.ts";
import { declarationsOf, inKinds, type Kinds, mutableOperand, NO_KINDS } from "./random-kinds.ts";
import { block, enclose, guarded, type Lines, Text } from "./random-text.ts";

/** What the parts of one flow share while it is printed. */
interface Place {
  readonly text: Text;
  readonly flow: Flow;
  readonly id: number;
  readonly isClass: boolean;
  /** The object as the code in the unit names it. */
  readonly object: string;
  readonly members: string[];
  /** Declarations before the unit. */
  readonly declared: string[];
  readonly calls: Record<EventStem, number>;
  readonly done: string | null;
}

const STEMS: readonly EventStem[] = ["Load", "Save", "Query"];

/** Prints a program; `component` is the class of its objects, `kinds` what it holds beside what it holds in any case. */
export function printEvents(
  { flows, delays }: EventProgram,
  component: "ScriptedEvents" | "ScriptedEventsWithTwins",
  kinds: Kinds = NO_KINDS,
): PrintedProgram {
  const text = new Text(kinds);
  const body: string[] = [];
  for (const flow of flows) body.push(...printFlow(text, flow, delays, component));
  const program = [
    ...[...declarationsOf(kinds), ...text.parts].flatMap((part) => [part, ""]),
    "function check(value: unknown): void {",
    '  if (value === undefined) throw new Error("There is no value.");',
    '  trace("checked", value);',
    "}",
    "",
    ...body,
    'trace("end");',
    ...(kinds.has("one tick") ? ['setTimeout(() => trace("total", total), 9999);'] : []),
    "",
  ].join("\n");
  const names = [
    "AsyncCompletedEventArgs",
    "AsyncCompletedEventHandler",
    "AutoResetEvent",
    "LoadCompletedEventArgs",
    "LoadCompletedEventHandler",
    "ManualResetEvent",
    "ProgressChangedEventArgs",
    "QueryCompletedEventArgs",
    "QueryCompletedEventHandler",
    component,
    "trace",
  ];
  const imported = names
    .filter((name) => new RegExp(`\\b${name}\\b`, "u").test(program))
    .map((name) => (name.endsWith("Args") || name === "AsyncCompletedEventHandler" ? `type ${name}` : name));
  const whole = `import { ${imported.join(", ")} } from "../runtime/index.ts";\n\n${program}`;
  return inKinds({ text: whole, shapes: text.shapes }, kinds);
}

function printFlow(text: Text, whole: Flow, delays: readonly number[], component: string): Lines {
  const id = text.id();
  // A handler that stays on the event would hear of the later link, too.
  const links = whole.links.filter(
    ({ stem }, index) => whole.links.findIndex((other) => other.stem === stem) === index,
  );
  const isClass =
    whole.unit === "method" ||
    whole.object === "field" ||
    links.some(({ form }) => form === "bound" || form === "arrow field");
  const flow = visible({ ...whole, links }, isClass);
  const isField = isClass && flow.object !== "fresh";
  const object = isField ? `this.service${id}` : `service${id}`;
  const done = flow.wait === "none" ? null : `done${id}`;
  const place: Place = {
    text,
    flow,
    id,
    isClass,
    object,
    members: [],
    declared: [],
    calls: { Load: 0, Save: 0, Query: 0 },
    done,
  };
  const isOnce = flow.isAddedOnce && flow.object !== "fresh";
  const times = isRepeatable(flow, isClass, isOnce) ? flow.times : 1;
  const key = flow.state === "none" ? null : "key";
  const [add, start] = operation(place, 0, key);
  const lines: string[] = [];
  const script = `{ ${STEMS.map((stem) => `${stem}: [${steps(place, stem, place.calls[stem] * times, delays)}]`).join(", ")} }`;
  const creation = `new ${component}(${script})`;
  if (done !== null && flow.wait === "local")
    lines.push(`const ${done} = new ${id % 2 === 0 ? "AutoResetEvent" : "ManualResetEvent"}(false);`);
  if (done !== null && flow.wait === "shared") place.declared.push(`const ${done} = new AutoResetEvent(false);`);
  if (flow.object === "fresh") lines.push(`const service${id} = ${creation};`);
  else if (!isField) place.declared.push(`const service${id} = ${creation};`);
  if (flow.hasProgress) lines.push(...progress(place, key));
  if (!isOnce) lines.push(...add);
  const isGuarded =
    (text.kinds.has("throwing starts") && done === null && id % 2 === 0) ||
    (text.kinds.has("throwing call") && done !== null);
  lines.push(
    ...(isGuarded
      ? guarded(text, done === null ? start : [...start, `${done}.WaitOne();`])
      : flow.isInTry
        ? block("try", start).join("\n").concat(' finally {\n  trace("tried");\n}').split("\n")
        : start),
  );
  if (flow.notesAfter) lines.push(text.note());
  if (done !== null && !isGuarded) lines.push(`${done}.WaitOne();`);
  if (done !== null && flow.notesAfterWait) lines.push(text.note());
  text.mark(
    `unit: ${flow.unit}`,
    `object: ${flow.object}`,
    `state: ${flow.state}`,
    `wait: ${flow.wait}`,
    ...(isOnce ? ["added once"] : []),
    ...(flow.hasProgress ? ["progress"] : []),
  );
  const type = flow.unit === "async" ? "Promise<void>" : "void";
  const head = `${flow.unit === "async" ? "async " : ""}${isClass ? "" : flow.unit === "const" ? "" : "function "}`;
  const parameters = key === null ? "" : "key: string";
  let call: string;
  if (isClass) {
    const members = [
      ...(isField ? [`private readonly service${id} = ${creation};`] : []),
      ...(isOnce ? [block("constructor()", add).join("\n")] : []),
      [
        ...(text.kinds.has("decorators") ? ["@told"] : []),
        ...block(`${head}run${id}(${parameters}): ${type}`, lines),
      ].join("\n"),
      ...place.members,
    ];
    text.parts.push(
      ...place.declared,
      block(
        `class Worker${id}`,
        members.flatMap((member, index) => [...(index === 0 ? [] : [""]), ...member.split("\n")]),
      ).join("\n"),
      `const worker${id} = new Worker${id}();`,
    );
    call = `worker${id}.run${id}`;
  } else {
    const own = text.kinds.has("own names")
      ? [`const run${id} = (text: string): void => trace("own", text);`, `run${id}("name");`]
      : [];
    const unit =
      flow.unit === "const"
        ? block(`const run${id} = (${parameters}): void =>`, [...own, ...lines], ";")
        : block(`${head}run${id}(${parameters}): ${type}`, [...own, ...lines]);
    const isQualified = text.kinds.has("namespaces");
    text.parts.push(
      ...place.declared,
      ...(isOnce ? [add.join("\n")] : []),
      (isQualified ? block(`namespace Names${id}`, [`export ${unit[0]!}`, ...unit.slice(1)]) : unit).join("\n"),
      ...place.members,
    );
    call = `${isQualified ? `Names${id}.` : ""}run${id}`;
  }
  // No timer ends in the very tick of a completion, see `timeOut`, or while another flow waits.
  const calls = Array.from(
    { length: times },
    (_, index) => `${flow.unit === "async" ? "void " : ""}${call}(${key === null ? "" : `"key ${id} ${index}"`});`,
  );
  const isOverlapping =
    done === null &&
    (flow.object === "fresh" || flow.links.length === 1) &&
    (flow.state.startsWith("guard") || (isOnce && key !== null));
  const asksAll = flow.links.every(({ asking: asked }) => !/^(?:error only|rethrow|nothing)$/u.test(asked));
  if (!asksAll) text.mark("cancellation unasked");
  // A twin's cancellation is another error than that of an adapter.
  const cancelled =
    flow.cancelsAfter === null || !asksAll || component !== "ScriptedEvents" || flow.object !== "shared" || isClass
      ? []
      : [
          `setTimeout(() => service${id}.CancelAsync(${key === null ? "" : `"key ${id} 0"`}), ${flow.cancelsAfter + 0.5});`,
        ];
  return [
    // Not while another flow waits: of blocked functions, the last that was called goes on first, and of awaiting ones the first that may.
    ...calls.flatMap((each, index) =>
      index === 0 || isOverlapping ? [each] : [`setTimeout(() => { ${each} }, ${500.5 * index + 50 * id});`],
    ),
    ...cancelled,
  ];
}

/** Makes a flow name only what its handlers can see: those outside of the unit see no object, event or key of it. */
function visible(flow: Flow, isClass: boolean): Flow {
  const isModules = flow.object === "shared" && !isClass;
  const links = flow.links.map((link, index): EventLink => {
    const isNamed =
      isFar(link.form, isClass) &&
      !(isClass && /^(?:bound|arrow field|forwarded|forwarded arguments)$/u.test(link.form));
    const needsObject = index < flow.links.length - 1 || link.removesItself || link.usesSender;
    const isLost = !isModules && needsObject && (isNamed || flow.object === "fresh");
    const form = isLost && isFar(link.form, isClass) ? "arrow" : link.form;
    return { ...link, form, usesSender: link.usesSender && form !== "forwarded arguments" };
  });
  const isOnce = flow.isAddedOnce && flow.object !== "fresh";
  const isFirstFar = isOnce || isFar(links[0]!.form, isClass);
  const isAnyFar = isOnce || links.some(({ form }) => isFar(form, isClass));
  return {
    ...flow,
    links,
    wait: flow.unit === "async" ? "none" : flow.wait === "local" && isAnyFar ? "shared" : flow.wait,
    state: isFirstFar && flow.state.startsWith("guard") ? "carried" : flow.state,
  };
}

/** Whether a second call does no more than the first: no handler of the first hears of it. */
function isRepeatable({ object, state, links, hasProgress, wait }: Flow, isClass: boolean, isOnce: boolean): boolean {
  // A wait that nobody ends would fail in a timer, out of sight.
  if (wait !== "none" && links.some(({ asking: asked }) => asked === "rethrow")) return false;
  const isRemoved = ({ form, removesItself }: EventLink): boolean => removesItself && isRemovable(form, isClass);
  const [first, ...others] = links as readonly [EventLink, ...EventLink[]];
  return (
    object === "fresh" ||
    (!hasProgress &&
      others.every(isRemoved) &&
      (isOnce || isRemoved(first) || (state.startsWith("guard") && !isFar(first.form, isClass))))
  );
}

/** Whether a handler has a name by which it takes itself off its event. */
function isRemovable(form: HandlerForm, isClass: boolean): boolean {
  return form === "const" || (isClass ? form === "arrow field" : /^(?:named|arrow field|bound)$/u.test(form));
}

/** Whether a handler stands outside of the unit, whose names it does not see. */
function isFar(form: HandlerForm, isClass: boolean): boolean {
  return (
    /^(?:named|delegate|forwarded|forwarded arguments)$/u.test(form) ||
    (isClass && /^(?:bound|arrow field)$/u.test(form))
  );
}

function steps({ flow, text }: Place, stem: EventStem, count: number, delays: readonly number[]): string {
  const delayOf = (call: number): string =>
    text.kinds.has("one tick") ? "completesSynchronously: true" : `delay: ${delays[call % delays.length]! + 1}`;
  const value = {
    Load: (call: number) => `value: "text ${call}", `,
    Query: (call: number) => `value: ${call}, message: "message ${call}", `,
    Save: () => "",
  }[stem];
  return Array.from(
    { length: count },
    (_, call) => `{ ${value(call)}${flow.hasProgress ? "progress: [[1, 50]], " : ""}${delayOf(call)} }`,
  ).join(", ");
}

function progress({ object, text, id, declared }: Place, key: string | null): Lines {
  if (id % 3 === 0) {
    declared.push(
      block(`function progressed${id}(_sender: object, e: ProgressChangedEventArgs): void`, [
        `trace("progress ${text.id()}", e.ProgressPercentage);`,
      ]).join("\n"),
    );
    return [`${object}.add_ProgressChanged(progressed${id});`];
  }
  const line = `trace("progress ${text.id()}", e.ProgressPercentage);`;
  return enclose(
    `${object}.add_ProgressChanged(`,
    block("(_sender: object, e: ProgressChangedEventArgs) =>", [
      key === null ? line : `if (e.UserState === ${key}) ${line}`,
    ]),
    ");",
  );
}

/** The subscription and the start of one operation. */
function operation(place: Place, index: number, key: string | null): readonly [Lines, Lines] {
  const { flow, text, object, id } = place;
  const link = flow.links[index]!;
  const { stem, form } = link;
  const name = `completed${id}_${index}`;
  const args = stem === "Save" ? "AsyncCompletedEventArgs" : `${stem}CompletedEventArgs`;
  const isMethod = place.isClass && (form === "bound" || form === "arrow field" || form.startsWith("forwarded"));
  const isInline = !isMethod && !/^(?:named|delegate|forwarded|forwarded arguments)$/u.test(form);
  place.calls[stem] += 1;
  const self = isMethod ? `this.${name}` : form === "const" || form === "arrow field" || form === "bound" ? name : null;
  const removable = isRemovable(form, place.isClass) ? (self ?? name) : null;
  const isOnce = index === 0 && flow.isAddedOnce && flow.object !== "fresh";
  const body = handlerBody(place, index, { args, key: isOnce || isFar(form, place.isClass) ? null : key, removable });
  const parameters = `sender: object, e: ${args}`;
  // `name: Handler = (sender, e)`, or `name = (sender: object, e: Args): void`.
  const held = text.kinds.has("annotated constants")
    ? `${name}: ${args.replace(/Args$/u, "Handler")} = (sender, e)`
    : `${name} = (${parameters}): void`;
  text.mark(
    `handler: ${form}`,
    `asking: ${link.asking}`,
    `use: ${link.use}`,
    ...(flow.links.length > 1 ? ["chain"] : []),
  );
  const input = stem === "Save" ? `"key", "value"` : `"${text.id()}"`;
  const start = [`${object}.${stem}Async(${input}${key === null || index > 0 ? "" : `, ${key}`});`];
  const add = (handler: Lines): Lines => enclose(`${object}.add_${stem}Completed(`, handler, ");");
  if (isMethod) {
    if (form === "arrow field") place.members.push(block(`private readonly ${held} =>`, body, ";").join("\n"));
    else
      place.members.push(
        block(`private ${name}(${form === "forwarded arguments" ? `e: ${args}` : parameters}): void`, body).join("\n"),
      );
    const forward =
      form === "forwarded"
        ? `(sender, e) => this.${name}(sender, e)`
        : form === "forwarded arguments"
          ? `(_sender, e) => this.${name}(e)`
          : form === "bound"
            ? `this.${name}.bind(this)`
            : `this.${name}`;
    return [add([forward]), start];
  }
  if (!isInline) {
    const declaration = block(
      `function ${name}(${form === "forwarded arguments" ? `e: ${args}` : parameters}): void`,
      body,
    ).join("\n");
    if (place.isClass) place.declared.push(declaration);
    else place.declared.push(declaration);
    const handler =
      form === "forwarded"
        ? `(sender, e) => ${name}(sender, e)`
        : form === "forwarded arguments"
          ? `(_sender, e) => ${name}(e)`
          : form === "delegate" && stem !== "Save"
            ? `new ${stem}CompletedEventHandler(${name})`
            : name;
    return [add([handler]), start];
  }
  if (removable !== null)
    return [[...block(`const ${held} =>`, body, ";"), `${object}.add_${stem}Completed(${name});`], start];
  return [
    add(
      form === "function expression" && !place.isClass
        ? block(`function (${parameters})`, body)
        : block(`(${parameters}) =>`, body),
    ),
    start,
  ];
}

interface HandlerNames {
  readonly args: string;
  readonly key: string | null;
  readonly removable: string | null;
}

function handlerBody(place: Place, index: number, { key, removable }: HandlerNames): Lines {
  const { flow, text, object, done } = place;
  const link = flow.links[index]!;
  const isLast = index === flow.links.length - 1;
  const isKeyed = index === 0 && key !== null;
  const lines: string[] = [];
  if (isKeyed && flow.state.startsWith("guard")) lines.push(`if (e.UserState !== ${key}) return;`);
  if (index === 0 && flow.state.endsWith("carried"))
    lines.push("const state = e.UserState as string;", `trace("state", state);`);
  if (link.removesItself && removable !== null) lines.push(`${object}.remove_${link.stem}Completed(${removable});`);
  if (link.isNotedFirst) lines.push(text.note());
  const set = done !== null && !(flow.setInFinally && isLast && index === 0) ? [`${done}.Set();`] : [];
  const success = [
    ...valueUse(text, link),
    ...(link.usesSender && !object.startsWith("this") ? [`trace("busy", (sender as typeof ${object}).IsBusy);`] : []),
    ...(isLast ? [] : operation(place, index + 1, null).flat()),
  ];
  const asked = asking(text, link, success, set, isLast);
  const tail = [
    ...(link.isNotedLast && isLast && !/^(?:early|cancelled first|either|error only|rethrow)$/u.test(link.asking)
      ? [text.note()]
      : []),
    ...(isLast ? set : []),
  ];
  const inner = [...asked, ...tail];
  const isFinal = done !== null && set.length === 0;
  if (link.isGuarded && isLast)
    lines.push(
      ...block("try", inner),
      ...block("catch (error)", [`trace("caught ${text.id()}", error);`]),
      ...(isFinal ? block("finally", [`${done}.Set();`]) : []),
    );
  else if (isFinal) lines.push(...block("try", inner), ...block("finally", [`${done}.Set();`]));
  else lines.push(...inner);
  if (link.isGuarded || isFinal) text.mark("guarded");
  // An error that comes before the Set leaves nobody to set the event.
  if (link.isGuarded && set.length > 0) text.mark("set in try");
  return lines
    .join("\n")
    .replaceAll(/\n\}\n(catch|finally)/gu, "\n} $1")
    .split("\n");
}

function valueUse(text: Text, { stem, use, asking: asked }: EventLink): Lines {
  const id = text.id();
  if (stem !== "Save" && asked !== "nothing" && text.kinds.has("one tick"))
    return [`total += e.Result${stem === "Load" ? ".length" : ""};`];
  if (stem === "Save" || use === "none" || asked === "nothing") return [`trace("success ${id}");`];
  const second = stem === "Query" ? ", e.Message" : "";
  switch (use) {
    case "const":
      return ["const value = e.Result;", `trace("value ${id}", value${second});`];
    case "twice":
      return [`trace("value ${id}", e.Result${second});`, `trace("again ${id}", e.Result);`];
    case "closure":
      return [`setTimeout(() => trace("later ${id}", e.Result), 1);`];
    case "checked":
      return ["check(e.Result);"];
    case "destructured":
      return ["const { Result: value } = e;", `trace("value ${id}", value);`];
    default:
      return text.kinds.has("mutable operands")
        ? [`trace(${mutableOperand(id)}, e.Result${second});`]
        : [`trace("value ${id}", e.Result${second});`];
  }
}

function asking(text: Text, { asking: asked }: EventLink, success: Lines, set: Lines, isLast: boolean): Lines {
  const id = text.id();
  const failed =
    text.kinds.has("throwing call") && id % 2 === 0 ? "fail(e.Error);" : `trace("failed ${id}", e.Error.message);`;
  const cancelled = `trace("cancelled ${id}");`;
  // Whoever waits goes on when the chain ends early; the handler itself sets the event at its end.
  const out = [...set, "return;"];
  switch (asked) {
    case "early":
      return [
        ...block("if (e.Error)", [failed, ...out]),
        ...block("if (e.Cancelled)", [cancelled, ...out]),
        ...success,
      ];
    case "cancelled first":
      return [
        ...block("if (e.Cancelled)", [cancelled, ...out]),
        ...block("if (e.Error !== null)", [failed, ...out]),
        ...success,
      ];
    case "either":
      return [
        ...block("if (e.Error || e.Cancelled)", [`trace("nothing ${id}", e.Cancelled, e.Error?.message);`, ...out]),
        ...success,
      ];
    case "else":
      return [
        ...block("if (e.Error)", [failed, ...(isLast ? [] : set)]),
        ...block("else if (e.Cancelled)", [cancelled, ...(isLast ? [] : set)]),
        ...block("else", success),
      ]
        .join("\n")
        .replaceAll("\n}\nelse", "\n} else")
        .split("\n");
    case "nested":
      return [
        ...block("if (!e.Error)", [
          ...block("if (!e.Cancelled)", success),
          ...block("else", [cancelled, ...(isLast ? [] : set)]),
        ]),
        ...block("else", [failed, ...(isLast ? [] : set)]),
      ]
        .join("\n")
        .replaceAll(/\n( *)\}\n *else/gu, "\n$1} else")
        .split("\n");
    case "error only":
      return [...block("if (e.Error)", [failed, ...out]), ...success];
    case "rethrow":
      return ["if (e.Error) throw e.Error;", ...success];
    case "nothing":
      return success;
  }
}
