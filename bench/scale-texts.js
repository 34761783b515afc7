// @ts-check
// The files of `npm run bench:scale`.

/**
 * @typedef {{ sizes: readonly [number, number], text: (size: number) => string }} Kind
 */

/** @param {number} count @param {(index: number) => string} text */
function repeated(count, text) {
  return Array.from({ length: count }, (_, index) => text(index)).join("");
}

const FS = 'import * as fs from "node:fs";\n';

/** @param {number} size */
const polls = (size) =>
  repeated(
    size,
    (index) => `function poll${index}(client: any, request: any): void {
  const ar${index} = client.BeginPut(request, null, null);
  while (!ar${index}.IsCompleted) {
    // wait
  }
  console.log(client.EndPut(ar${index}));
}
`,
  );

/** @param {number} size */
const callbacks = (size) =>
  repeated(
    size,
    (index) => `function start${index}(client: any, request: any): void {
  client.BeginPut(request, onDone${index}, client);
}
function onDone${index}(ar: IAsyncResult): void {
  try {
    console.log((ar.AsyncState as any).EndPut(ar));
  } catch (e) {
    console.log(e);
  }
}
`,
  );

/** @param {number} size */
const events = (size) =>
  repeated(
    size,
    (index) => `function load${index}(): void {
  const client = new WebClient();
  client.add_DownloadStringCompleted((s: any, e: any) => {
    if (e.Error) {
      console.log(e.Error);
      return;
    }
    console.log(e.Result);
  });
  client.DownloadStringAsync("u${index}");
}
`,
  );

/** @param {number} size */
const nodeCallbacks = (size) =>
  repeated(
    size,
    (index) => `export function read${index}(path: string): void {
  fs.readFile(path, (error, data) => {
    if (error) {
      console.error(error);
      return;
    }
    console.log(data);
  });
}
`,
  );

/** @param {number} size */
function chain(size) {
  const first = "function start(client: any): void {\n  client.BeginPut(0, onDone0, client);\n}\n";
  return (
    first +
    repeated(size, (index) => {
      const next = index + 1 < size ? `  client.BeginPut(${index + 1}, onDone${index + 1}, client);\n` : "";
      return `function onDone${index}(ar: IAsyncResult): void {
  const client = ar.AsyncState as any;
  const r = client.EndPut(ar);
  console.log(r);
${next}}
`;
    })
  );
}

/** @param {number} size */
function nodeChain(size) {
  const first = `${FS}export function read(path: string): void {\n  fs.readFile(path, on0);\n}\n`;
  return (
    first +
    repeated(size, (index) => {
      const next = index + 1 < size ? `  fs.readFile("p${index}", on${index + 1});\n` : "";
      return `function on${index}(error: Error | null, data: unknown): void {
  if (error) {
    console.error(error);
    return;
  }
  console.log(data);
${next}}
`;
    })
  );
}

/** @param {number} size */
function nested(size) {
  const starts = repeated(
    size,
    (index) =>
      `fs.readFile(path, (error${index}, data${index}) => {\nif (error${index}) return console.error(error${index});\nconsole.log(data${index});\n`,
  );
  return `${FS}export function read(path: string): void {\n${starts}${"});\n".repeat(size)}}\n`;
}

/** @param {number} size */
function statements(size) {
  return FS + polls(3) + callbacks(3) + events(3) + nodeCallbacks(3) + repeated(size, (index) => `log(${index});\n`);
}

/** @type {Readonly<Record<string, Kind>>} */
export const KINDS = {
  polls: { sizes: [400, 1600], text: polls },
  callbacks: { sizes: [400, 1600], text: callbacks },
  events: { sizes: [400, 1600], text: events },
  "callbacks of fs": { sizes: [400, 1600], text: (size) => FS + nodeCallbacks(size) },
  "chain of callbacks": { sizes: [250, 1000], text: chain },
  "chain of callbacks of fs": { sizes: [250, 1000], text: nodeChain },
  "callbacks of fs in one another": { sizes: [250, 1000], text: nested },
  statements: { sizes: [50_000, 200_000], text: statements },
};

/** @param {string} name @param {number} size */
export function textOf(name, size) {
  const kind = KINDS[name];
  if (kind === undefined) throw new Error(`There is no kind ${name}`);
  return kind.text(size);
}
