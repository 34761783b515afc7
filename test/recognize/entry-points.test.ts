import { describe, expect, it } from "vitest";
import type { Settings } from "../../src/dialects/settings.ts";
import { entryPointAround } from "../../src/recognize/waits/entry-points.ts";
import { analyzed, marked } from "./analyzed.ts";

function entryPoints(text: string, settings?: Settings): string[] {
  const context = analyzed(text, settings, "file.js");
  return marked(context).map((expression) => {
    const found = entryPointAround(context, expression);
    return found === null ? "none" : found.kind === "module" ? "module" : `${found.kind} ${found.name}`;
  });
}

describe("entryPointAround", () => {
  it.each([
    ["main main", "function main() { $(x); }"],
    ["main Main", "class Program { static Main(args) { $(x); } }"],
    ["main main", "const main = () => { $(x); };"],
    ["main main", "(function main() { $(x); })();"],
    ["main main", "export default { main() { $(x); } };"],
    ["module", "$(x);"],
    ["module", "if (ready) { for (const a of b) $(x); }"],
    ["handler handler", "export function handler(event) { $(x); }"],
    ["handler handler", "export const handler = (event) => { $(x); };"],
    ["handler handler", "function handler() { $(x); } export { handler };"],
    ["handler handler", "const run = () => { $(x); }; export { run as handler };"],
    ["handler handler", "exports.handler = function (event) { $(x); };"],
    ["handler handler", "module.exports.handler = (event) => { $(x); };"],
    ["handler handler", "module.exports = { handler(event) { $(x); } };"],
    ["handler handler", "function handler() { $(x); } module.exports = { handler };"],
    ["handler handler", "function run() { $(x); } exports.handler = run;"],
    ["none", "function handler() { $(x); }"],
    ["none", "function start() { $(x); }"],
    ["none", "class Program { main() { $(x); } }"],
    ["none", "class Program { static { $(x); } }"],
    ["none", "class Program { field = $(x); }"],
    ["none", "function main() { run(() => { $(x); }); }"],
    ["none", "const options = { handler() { $(x); } };"],
  ])("%s: %s", (expected, text) => {
    expect(entryPoints(text)).toEqual([expected]);
  });

  it("takes further names from the settings", () => {
    const text = "function Start() { $(x); }";
    expect([entryPoints(text, { entryPoints: ["Start"] }), entryPoints(text)]).toEqual([["main Start"], ["none"]]);
  });
});
