/** A source of choices that depend on the seed alone. */
class Chooser {
  #state: number;
  #lastId = 0;

  constructor(seed: number) {
    this.#state = (seed * 2_654_435_761) >>> 0 || 1;
  }

  chance(probability: number): boolean {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    this.#state >>>= 0;
    return this.#state / 2 ** 32 < probability;
  }

  pick<T>(...choices: readonly [T, ...T[]]): T {
    const [first, ...rest] = choices;
    return rest.length === 0 || this.chance(1 / choices.length) ? first : this.pick(...(rest as [T, ...T[]]));
  }

  id(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

/** A Begin and its End, as text. */
interface Pair {
  readonly begin: (callback: string, state: string) => string;
  readonly end: (handle: string) => string;
}

type Lines = readonly string[];

const STEPS = 24;
const indented = (lines: Lines): Lines => lines.map((line) => `  ${line}`);
const allSteps = (step: string): string => `[${Array.from({ length: STEPS }, () => step).join(", ")}]`;

/** Writes a program of functions that begin, overlap, wait for and end operations in many ways; it never deadlocks if nothing fails. */
export function randomProgram(seed: number): string {
  const random = new Chooser(seed);
  const parts: string[] = [];
  const functions: string[] = [];

  const pair = (): Pair =>
    random.pick<Pair>(
      { begin: (callback, state) => `channel.BeginQuery(${callback}, ${state})`, end: (handle) => `trace(channel.EndQuery(${handle}));` },
      { begin: (callback, state) => `channel.BeginRead(buffer, 0, 4, ${callback}, ${state})`, end: (handle) => `trace(channel.EndRead(${handle}));` },
      { begin: (callback, state) => `channel.BeginWrite("text ${random.id()}", ${callback}, ${state})`, end: (handle) => `channel.EndWrite(${handle});` },
    );
  const note = (): Lines => [`trace("line ${random.id()}");`];
  const guarded = (lines: Lines): Lines => ["try {", ...indented(lines), "} catch (error) {", `  trace("caught ${random.id()}", error);`, "}"];

  const inline = (depth: number): Lines => {
    const { begin, end } = pair();
    const handle = `ar${random.id()}`;
    const start = random.pick([`const ${handle} = ${begin("null", "null")};`], [`let ${handle}: IAsyncResult;`, `${handle} = ${begin("null", "null")};`]);
    const between = random.chance(0.45) ? statements(depth - 1, 2) : [];
    const wait = random.pick<Lines>([], [`${handle}.AsyncWaitHandle.WaitOne();`], [`while (!${handle}.IsCompleted) {`, "}"]);
    const last = random.chance(0.35) ? guarded([end(handle)]) : [end(handle)];
    const condition = random.chance(0.15) ? [`if (buffer.length > ${random.pick(1, 100)}) return;`] : [];
    return [...start, ...between, ...wait, ...condition, ...last];
  };

  const withCallback = (depth: number, mayWait: boolean): Lines => {
    const { begin, end } = pair();
    const id = random.id();
    const event = mayWait && random.chance(0.6) ? `done${id}` : null;
    const state = random.pick("null", `"state ${id}"`, `{ id: ${id} }`);
    const nested = depth > 0 && random.chance(0.25) ? withCallback(depth - 1, false) : [];
    const body = [
      ...guarded([...(random.chance(0.25) ? note() : []), end("ar"), ...nested]),
      ...(state === "null" ? [] : state.startsWith("{") ? ["trace((ar.AsyncState as { id: number }).id);"] : ["trace(ar.AsyncState as string);"]),
      ...(event === null ? [] : [`${event}.Set();`]),
    ];
    const isLocal = random.chance(0.5);
    const before: string[] = [];
    if (event !== null) (isLocal ? before : parts).push(`const ${event} = new AutoResetEvent(false);`);
    const isNamed = !(isLocal && event !== null) && random.chance(0.5);
    if (isNamed) parts.push([`function on${id}(ar: IAsyncResult): void {`, ...indented(body), "}"].join("\n"));
    const callback = isNamed ? random.pick(`on${id}`, `new AsyncCallback(on${id})`) : ["(ar) => {", ...indented(body), "}"].join("\n");
    const between = random.chance(0.4) ? statements(depth - 1, 1) : [];
    return [...before, ...`${begin(callback, state)};`.split("\n"), ...(mayWait ? between : []), ...(event === null ? [] : [`${event}.WaitOne();`])];
  };

  const statement = (depth: number): Lines => {
    const kinds: [() => Lines, ...(() => Lines)[]] = [note, () => inline(depth), () => inline(depth), () => withCallback(depth, true), () => withCallback(depth, true)];
    if (depth > 0) {
      kinds.push(() => [`if (buffer.length > ${random.pick(1, 100)}) {`, ...indented(statements(depth - 1, 2)), "} else {", ...indented(statements(depth - 1, 1)), "}"]);
      kinds.push(() => [`for (let round = 0; round < 2; round++) {`, ...indented(statements(depth - 1, 2)), "}"]);
      kinds.push(() => guarded(statements(depth - 1, 2)));
    }
    const [called] = functions.toReversed();
    if (called !== undefined) kinds.push(() => [random.pick(`${called}();`, `trace(${called}());`)]);
    return random.pick(...kinds)();
  };
  const statements = (depth: number, most: number): Lines => Array.from({ length: random.chance(0.5) ? 1 : most }, () => statement(Math.max(0, depth))).flat();

  for (const name of ["first", "second", "third"]) {
    const body = statements(2, 3);
    parts.push([`function ${name}(): string | void {`, ...indented(body), ...(random.chance(0.5) ? [`  return "${name}";`] : []), "}"].join("\n"));
    functions.push(name);
  }
  return `import { AsyncCallback, AutoResetEvent, type IAsyncResult, ScriptedChannel, trace } from "../runtime/index.ts";

const channel = new ScriptedChannel({ Query: ${allSteps("{}")}, Read: ${allSteps("{}")}, Write: ${allSteps("{}")} });
const buffer = new Uint8Array(8);

${parts.join("\n\n")}

third();
trace("end");
`;
}
