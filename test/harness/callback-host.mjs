// Runs programs with callbacks, one after another, and prints what each has logged, as JSON. Standard input is a list of programs, as JSON:
// each the text of a script, or the texts of files of CommonJS, by name, the last of which is run.
// Operations are completed in the order in which they were started, each when everything else is done; a name that begins with `missing` fails.
import console from "node:console";
import process from "node:process";
import { text } from "node:stream/consumers";
import { setImmediate } from "node:timers";

const programs = JSON.parse(await text(process.stdin));
let crash = null;
process.on("unhandledRejection", (error) => crash?.(error));

/** Everything that promises and ticks still do. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function run(program) {
  const trace = [];
  const queue = [];
  let isOver = false;
  const log = (...values) => {
    if (!isOver) trace.push(values.join(" "));
  };
  crash = (error) => {
    log("uncaught", error?.message);
    isOver = true;
  };
  const guarded = (work) => {
    try {
      work();
    } catch (error) {
      crash(error);
    }
  };
  const settle = (name, callback) => {
    const error = name.startsWith("missing") ? new Error(`no ${name}`) : null;
    queue.push(() => (error === null ? callback(null, `<${name}>`) : callback(error)));
  };
  const readFile = (name, ...rest) => {
    const callback = rest.at(-1);
    if (typeof callback !== "function") throw new TypeError("no callback");
    log("read", name);
    settle(name, callback);
  };
  const promises = {
    readFile: (name) =>
      new Promise((resolve, reject) => {
        log("read", name);
        settle(name, (error, text) => (error ? reject(error) : resolve(text)));
      }),
  };
  const nextTick = (fn, ...given) => void Promise.resolve().then(() => guarded(() => fn(...given)));
  const setTimeout = (fn) => void queue.push(() => fn());
  const names = ["require", "log", "process", "setTimeout", "setImmediate"];
  const given = [log, { nextTick }, setTimeout, nextTick];
  const own = (module) => (module.endsWith("/promises") ? promises : { readFile, promises });
  if (typeof program === "string") guarded(() => new Function(...names, program)(own, ...given));
  else {
    const loaded = new Map();
    const load = (name) => {
      if (!name.startsWith(".")) return own(name);
      const file = Object.keys(program).find((each) => each === name.slice(2) || each.startsWith(`${name.slice(2)}.`));
      let module = loaded.get(file);
      if (module !== undefined) return module.exports;
      loaded.set(file, (module = { exports: {} }));
      new Function("module", "exports", ...names, program[file])(module, module.exports, load, ...given);
      return module.exports;
    };
    guarded(() => load(`./${Object.keys(program).at(-1)}`));
  }
  await turn();
  for (let work = queue.shift(); work !== undefined && !isOver; work = queue.shift()) {
    guarded(work);
    await turn();
    await turn();
  }
  return trace;
}

const traces = [];
for (const program of programs) traces.push(await run(program));
console.log(JSON.stringify(traces));
