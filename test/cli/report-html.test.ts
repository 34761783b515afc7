import { describe, expect, it } from "vitest";
import { tapify, Workspace } from "./support/workspace.ts";
import { EVIL, hostileIn } from "./support/hostile-names.ts";

const GOOD = `export async function one(c: any) {
  const r = c.BeginRead("<b>&amp;", null, null);
  return c.EndRead(r);
}
`;
const REFUSED = `export async function two(c: any) {
  const handle = c.BeginWrite(null, null);
  keep(handle);
  return c.EndWrite(handle);
}
`;
const BROKEN = "c.BeginRead(; c.EndRead(r);\n";

async function pageOf(files: Record<string, string>, ...options: string[]) {
  const workspace = new Workspace(files);
  const { code, stdout, stderr } = await tapify(workspace.root, "migrate", "--format", "html", ...options);
  return { workspace, code, stderr, page: stdout, text: (await tapify(workspace.root, "migrate")).stdout };
}

const count = (page: string, part: string): number => page.split(part).length - 1;
/** The numbers at the top of the page, by what stands below them. */
const numbersIn = (page: string): string[] =>
  [...page.matchAll(/<dt>(.*?)<\/dt>\s*<dd>(\d+)<\/dd>/g)].map(([, label, number]) => `${number} ${label}`);

describe("tapify migrate --format html", () => {
  it("has the numbers of the text report, and a place for each that it counts", async () => {
    const { code, page, text } = await pageOf({
      "a.ts": GOOD + REFUSED,
      "src/b.ts": REFUSED,
      "src/deep/c.ts": "let x;\n",
      "d.ts": BROKEN,
    });
    expect(code).toBe(2);
    expect(text).toContain("4 files: 1 to migrate, 1 refused, 1 unchanged, 1 error.\n1 place in 1 file to migrate.");
    expect(text).toContain("2 places in 2 files refused");
    expect(numbersIn(page)).toEqual([
      "1 place to migrate, in 1 file",
      "2 places refused, in 2 files",
      "4 files: 1 to migrate, 1 refused, 1 unchanged",
      "1 file with an error",
    ]);
    expect(["migrated", "refused", "error"].map((kind) => count(page, `data-kind="${kind}"`))).toEqual([1, 2, 1]);
    expect(count(page, '<details class="file"')).toBe(3);
  });

  it("shows both sides of the diff, the reasons with a link, and the folders", async () => {
    const { page } = await pageOf({ "a.ts": GOOD, "src/deep/b.ts": REFUSED });
    expect(page).toMatch(/<td class="code removed">.*BeginRead/);
    expect(page).toMatch(/<td class="code added">.*await/);
    expect(page).toMatch(/<a href="https:[^"]*refusals\.md#handle-escapes">handle-escapes<\/a>/);
    expect(page).toContain('<option value="src/deep">src/deep</option>');
    expect(page).toContain('<details class="file" data-folder="src/deep" open>');
    expect(page).toContain("<pre tabindex");
  });

  it("loads nothing, and runs no script but its own", async () => {
    const { page } = await pageOf({ "a.ts": GOOD });
    expect(page).not.toMatch(/<(?:link|img|iframe|object|embed|base)\b|\b(?:src|srcset|action)=|@import|url\(/);
    expect(count(page, "<script>")).toBe(1);
    expect(page).toMatch(/http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;/);
  });

  it("shows code and names as text, whatever they hold", async () => {
    const name = `<img src=x onerror=alert(1)>'"&${EVIL.replaceAll("/", "")}.ts`;
    const code = `// </pre></script><script>alert(1)</script> \u202E\n${GOOD}`;
    const { page } = await pageOf({ [name]: code, "<b>/c.ts": `/* <script> */ ${REFUSED}` });
    expect(count(page, "<script>")).toBe(1);
    expect(page).not.toMatch(/<img|<b>\/c/);
    expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;&#39;&quot;&amp;");
    expect(page).toContain("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).toContain("&lt;b&gt;&amp;amp;");
    expect(hostileIn(page)).toEqual([]);
  });

  it("says what was written, and is the same document in a file", async () => {
    const { page } = await pageOf({ "a.ts": GOOD }, "--write");
    expect(page).toContain("<h1>What tapify migrated in ");
    expect(numbersIn(page)[0]).toBe("1 place migrated, in 1 file");
    const workspace = new Workspace({ "a.ts": GOOD });
    const shown = await tapify(workspace.root, "migrate", "--format", "html");
    const { stdout } = await tapify(workspace.root, "migrate", "-f", "html", "-o", "out/page.html");
    expect(stdout).toBe("");
    expect(workspace.read("out/page.html")).toBe(shown.stdout);
  });

  it("is a page also where nothing was found", async () => {
    const { page } = await pageOf({ "a.ts": "let x;\n" });
    expect(page).toContain("Nothing was found that a migration takes up.");
  });
});
