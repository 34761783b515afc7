import { describe, expect, it } from "vitest";
import { isFunction } from "../../src/ast/functions.ts";
import { nodesOf } from "../../src/ast/node-index.ts";
import { parse } from "../../src/ast/parse.ts";
import { waysOut, type PathQuestion } from "../../src/ast/paths.ts";
import type { TSESTree } from "../../src/ast/source.ts";

/** The ways out of `function f() { … }`, each as its kind and the letters of the calls `a()`, `b()`, … on the way (each letter once). */
function ways(body: string, doubt: PathQuestion<string>["doubt"] = "everyPath"): string[] {
  const source = parse(`async function f() { ${body} }`, "f.ts");
  const fn = source.ast.body[0]!;
  if (!isFunction(fn)) throw new Error("no function");
  const letters = new Map(
    nodesOf(source)
      .of("CallExpression")
      .flatMap((call): [TSESTree.Node, string][] =>
        call.callee.type === "Identifier" && call.callee.name.length === 1 ? [[call, call.callee.name]] : [],
      ),
  );
  const exits = waysOut<string>(source, fn, {
    initial: "",
    events: new Set(letters.keys()),
    step: (event, state) => {
      const letter = letters.get(event)!;
      const next = state.includes(letter) ? state : state + letter;
      return { next, thrown: next };
    },
    doubt,
  });
  return [...new Set(exits.map(({ kind, state }) => `${kind}:${state}`))].sort();
}

describe("waysOut", () => {
  it.each([
    ["a(); b();", ["end:ab"]],
    ["return a(b());", ["return:ba"]],
    ["if (a()) b(); else return c();", ["end:ab", "return:ac"]],
    ["if (a() && b()) c();", ["end:a", "end:ab", "end:abc"]],
    ["if (!(a() || b())) c();", ["end:a", "end:ab", "end:abc"]],
    ["if (a() && b()) return; else c();", ["end:abc", "end:ac", "return:ab"]],
    ["x ? a() : b();", ["end:a", "end:b"]],
    ["x ?? a();", ["end:", "end:a"]],
    ["x ||= a();", ["end:", "end:a"]],
    ["x = a();", ["end:a"]],
    ["x?.y(a()).z(b()); c();", ["end:abc", "end:c"]],
    ["const { y = a() } = b();", ["end:b", "end:ba"]],
    ["[x = a()] = b();", ["end:b", "end:ba"]],
    ["a().x = b();", ["end:ab"]],
    ["const g = () => a(); class C { m() { b(); } }", ["end:"]],
    ["throw a();", ["throw:a"]],
  ])("follows %s", (body, expected) => {
    expect(ways(body)).toEqual(expected);
  });

  it.each([
    ["while (x) a(); b();", ["end:ab", "end:b"]],
    ["while (true) { if (a()) break; b(); }", ["end:a", "end:ab"]],
    ["for (;;) { a(); return; }", ["return:a"]],
    ["do { a(); } while (b());", ["end:ab"]],
    ["for (a(); b(); c()) { if (x) continue; d(); }", ["end:ab", "end:abc", "end:abcd", "end:abdc"]],
    ["for (const x of a()) b();", ["end:a", "end:ab"]],
    ["outer: for (;;) { for (;;) { a(); break outer; } }", ["end:a"]],
    ["outer: while (x) { while (y) { a(); continue outer; } b(); }", ["end:", "end:a", "end:ab", "end:b", "end:ba"]],
    ["block: { if (x) break block; a(); }", ["end:", "end:a"]],
    ["while (false) a();", ["end:"]],
  ])("goes round %s", (body, expected) => {
    expect(ways(body)).toEqual(expected);
  });

  it.each([
    ["switch (a()) { case 1: b(); case 2: c(); break; default: return; }", ["end:abc", "end:ac", "return:a"]],
    ["switch (x) { case a(): break; case b(): c(); }", ["end:a", "end:ab", "end:abc"]],
  ])("enters the cases of %s", (body, expected) => {
    expect(ways(body)).toEqual(expected);
  });

  it.each([
    ["try { a(); } catch { b(); }", ["end:a", "end:ab"]],
    ["try { work(); a(); } catch { b(); }", ["end:a", "end:ab", "end:b"]],
    ["try { if (x) throw e; a(); } catch { b(); } c();", ["end:abc", "end:ac", "end:bc"]],
    ["try { return a(); } finally { b(); }", ["return:ab"]],
    ["try { throw a(); } finally { return b(); }", ["return:ab"]],
    ["try { try { work(); } finally { a(); } } catch { b(); }", ["end:a", "end:ab"]],
    ["for (;;) { try { a(); break; } finally { b(); } }", ["end:ab"]],
    ["try { a(); } catch { throw b(); }", ["end:a", "throw:ab"]],
    ["try { x; } catch { a(); }", ["end:", "end:a"]],
  ])("catches what leaves %s", (body, expected) => {
    expect(ways(body)).toEqual(expected);
  });

  it.each([
    ["try { work(); a(); } catch { b(); }", ["end:a", "end:ab"]],
    ["try { work(); } catch { b(); }", ["end:", "end:b"]],
    ["while (x) a();", ["end:a"]],
    ["while (x) work();", ["end:"]],
    ["switch (x) { case 1: a(); break; case 2: a(); }", ["end:a"]],
    ["switch (x) { case 1: a(); }", ["end:", "end:a"]],
    ["if (x) a();", ["end:", "end:a"]],
  ])("takes %s in favour of the code", (body, expected) => {
    expect(ways(body, "inFavour")).toEqual(expected);
  });

  it("asks about each condition, and drops the paths that cannot be", () => {
    const source = parse("function f(x, y) { if (!x && y) return 1; return 2; }", "f.ts");
    const asked: string[] = [];
    const exits = waysOut(source, source.ast.body[0] as TSESTree.FunctionDeclaration, {
      initial: "",
      events: new Set(),
      step: () => ({ next: null, thrown: "" }),
      refine: (atom, isTrue, state) => {
        asked.push(`${(atom as TSESTree.Identifier).name}=${isTrue}`);
        return atom.type === "Identifier" && atom.name === "y" && isTrue ? null : state;
      },
      doubt: "everyPath",
    });
    expect(asked.sort()).toEqual(["x=false", "x=true", "y=false", "y=true"]);
    expect(exits.map(({ node }) => source.text.slice(...node!.range))).toEqual(["return 2;"]);
  });

  it("goes no further than a call that does not return", () => {
    const source = parse("function f() { stop(); return 1; }", "f.ts");
    const [call] = nodesOf(source).of("CallExpression");
    const question: PathQuestion<string> = {
      initial: "",
      events: new Set([call!]),
      step: () => ({ next: null, thrown: "" }),
      doubt: "everyPath",
    };
    expect(waysOut(source, source.ast.body[0] as TSESTree.FunctionDeclaration, question)).toEqual([]);
  });

  it("walks a file, a static block, a field and an arrow function", () => {
    const source = parse("class C { static { a(); } x = a(); } const f = () => a(); namespace N { a(); }", "f.ts");
    const calls = new Set<TSESTree.Node>(nodesOf(source).of("CallExpression"));
    const owner = nodesOf(source).of("ClassDeclaration")[0]!;
    const [block, field] = owner.body.body as [TSESTree.StaticBlock, TSESTree.PropertyDefinition];
    const [arrow] = nodesOf(source).of("ArrowFunctionExpression");
    for (const root of [block, field, arrow!, source.ast]) {
      expect(
        waysOut(source, root, {
          initial: "0",
          events: calls,
          step: () => ({ next: "1", thrown: "0" }),
          doubt: "everyPath",
        }),
      ).toEqual([{ kind: "end", node: null, state: "1" }]);
    }
  });
});
