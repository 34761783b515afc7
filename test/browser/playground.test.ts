/// <reference lib="dom" />
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { migrateText } from "../../src/core.ts";
import { ROOT } from "../harness/transpile.ts";
import { CHROMIUM, startChromium } from "./support/chromium.ts";
import { serve, type StaticServer } from "./support/static-server.ts";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** The first text that is looked at takes the parser with it. */
const PATIENCE = 60_000;

const POLL = `function upload(client: AmazonS3Client, request: PutObjectRequest): PutObjectResponse {
const ar = client.BeginPutObject(request, null, null);
while (!ar.IsCompleted) {}
return client.EndPutObject(ar);
}
`;

describe.skipIf(CHROMIUM === null)("the page to try it on", () => {
  const folder = mkdtempSync(join(tmpdir(), "tapify-playground-"));
  let server: StaticServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    const built = spawnSync(process.execPath, ["scripts/playground.js", "--out", folder], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect(`${built.stderr}${built.status}`).toBe("0");
    expect(built.stdout).toMatch(
      /^playground: [\d,]+ kB \(\d+ kB compressed\) at first, [\d,]+ kB \([\d,]+ kB compressed\) on demand\n$/,
    );
    [server, browser] = [await serve(folder), await startChromium()];
    context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on("pageerror", ({ message }) => errors.push(message));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    errors.length = 0;
    await page.setViewportSize({ width: 1280, height: 860 });
  });
  afterEach(() => {
    expect(errors).toEqual([]);
    expect(server.missing).toEqual([]);
  });

  /** Opens a link. Where the page is open, it takes that up as it is, and need not load its parts again. */
  async function open(hash = "#example=lambda"): Promise<void> {
    await page.goto(`${server.address}${hash}`);
    await settled();
  }

  /** Waits until what was typed and chosen last has been answered. */
  async function settled(): Promise<void> {
    await page.waitForTimeout(400);
    await page.waitForFunction(() => ["done", "failed"].includes(document.body.dataset["state"] ?? ""));
  }

  async function unfold(): Promise<void> {
    if (!(await page.getByLabel("Let polling loops yield").isVisible())) await page.getByText("More options").click();
  }

  async function type(text: string): Promise<void> {
    await page.getByRole("textbox", { name: "Your code" }).click();
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    // As if it were pasted: brackets are not closed.
    await page.keyboard.insertText(text);
    await settled();
  }

  /** The migrated code, without what it has replaced. */
  async function migrated(): Promise<string> {
    await page.getByLabel("Show changes").uncheck();
    const lines = await page.locator("#output .cm-line").allTextContents();
    return lines.join("\n");
  }

  const report = (): Promise<string> => page.locator("#report").innerText();

  it("shows what is found in code that is typed, and what becomes of it", async () => {
    await open();
    await type(POLL);
    expect(await report()).toContain("tapify/no-busy-wait");
    expect(await report()).toContain("PutObject by begin-end-to-async");
    expect(await page.locator("#status").innerText()).toBe("1 finding, 1 place migrated, 0 places stay as they are");
    expect(await migrated()).toBe(migrateText(POLL, { filePath: "handler.cjs" }).output.trimEnd() + "\n");
    expect(await page.locator("#code .cm-lintRange-warning").count()).toBe(1);
  });

  it("leads to the line of a finding", async () => {
    await open("#example=refused");
    await page.getByRole("button", { name: "Go to line 13" }).first().click();
    expect(await page.locator("#code .cm-activeLine").innerText()).toContain("client.EndPutObject(ar);");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Your code");
  });

  it("says why something stays, with a link to the reason", async () => {
    await open("#example=refused");
    const link = page.locator("#report .refused a", { hasText: "work-in-poll-loop" });
    expect(await link.getAttribute("href")).toMatch(/^https:.*\/docs\/refusals\.md#work-in-poll-loop$/);
    expect(await page.locator("#report .refused .hint").first().innerText()).toMatch(/^To change: /);
  });

  it("opens a link that holds code and options, and makes the same of it", async () => {
    await open();
    await type(POLL);
    await page.getByLabel("Target").selectOption("adapter");
    await page.getByLabel("File name").fill("upload.ts");
    await settled();
    const link = page.url();
    expect(link).toContain("#code=");
    await page.goto("about:blank");
    await page.goto(link);
    await settled();
    expect(await page.getByLabel("Target").inputValue()).toBe("adapter");
    expect(await page.getByLabel("File name").inputValue()).toBe("upload.ts");
    const { output } = migrateText(POLL, { filePath: "upload.ts", target: "adapter" });
    expect(output).toContain("new Promise");
    expect(await migrated()).toBe(output.trimEnd() + "\n");
  });

  it("says that a link is broken, and begins with an example", async () => {
    await open("#code=broken");
    expect(await page.getByRole("alert").innerText()).toContain("nothing that can be read");
    expect(await page.getByLabel("Example").inputValue()).toBe("lambda");
  });

  it("copies a link", async () => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await open("#example=done");
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  });

  it("shows each example, of which some is migrated", async () => {
    await open();
    const ids = await page
      .getByLabel("Example")
      .locator("option")
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    expect(ids.length).toBeGreaterThan(10);
    for (const id of ids.slice(1)) {
      await page.getByLabel("Example").selectOption(id);
      await settled();
      expect([id, await page.locator("#status").innerText()]).toEqual([
        id,
        expect.stringMatching(/, [1-9]\d* places? migrated,/),
      ]);
    }
    expect(await page.getByLabel("File name").inputValue()).toBe("service-client.ts");
  });

  it("goes by the options", async () => {
    await open("#example=refused");
    expect(await report()).toContain("work-in-poll-loop");
    await unfold();
    await page.getByLabel("Let polling loops yield").check();
    await settled();
    expect(await report()).not.toContain("work-in-poll-loop");
    expect(await report()).toContain("poll-loop-yields");
    await page.getByLabel("Host").selectOption("puerts");
    await settled();
    expect(await migrated()).toContain("$promise");
    await page.getByLabel("Package versions").fill("mongodb@six");
    await settled();
    expect(await report()).toContain("takes a version");
    await page.getByLabel("Package versions").fill("mongodb@6");
    await settled();
    expect(await report()).toContain("poll-loop-yields");
  });

  it("says where a text does not parse, and goes on when it does", async () => {
    await open();
    await type(POLL.slice(0, POLL.lastIndexOf("}")));
    expect(await page.locator("#status").innerText()).toBe("Does not parse");
    expect(await page.getByRole("button", { name: "Go to line 5" }).count()).toBe(1);
    await type(POLL);
    expect(await page.locator("#status").innerText()).toContain("1 place migrated");
  });

  it("loads no parser for a text that nothing in it concerns", async () => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto("about:blank");
    await open(`#code=${linkText("console.log(1);")}`);
    expect(await report()).toContain("Nothing here looks like old asynchronous code.");
    expect(asked.filter((url) => url.includes("/main-"))).toHaveLength(1);
    expect(asked.filter((url) => /\/(?:parser|lint)-/.test(url))).toEqual([]);
  });

  it("asks nobody else for anything", async () => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto("about:blank");
    await open("#example=poll");
    expect(asked.filter((url) => !url.startsWith(server.address) && !url.startsWith("data:"))).toEqual([]);
  });

  it("can be used with the keyboard alone", async () => {
    await page.goto("about:blank");
    await open();
    const reached: string[] = [];
    for (let count = 0; count < 40; count++) {
      await page.keyboard.press("Tab");
      const name = await page.evaluate(
        () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.id ?? "",
      );
      reached.push(name);
    }
    expect(reached).toEqual(
      expect.arrayContaining(["share", "Your code", "changes", "copy", "Migrated code", "report"]),
    );
  });

  describe.each([
    [1280, "light"],
    [1280, "dark"],
    [390, "light"],
    [390, "dark"],
  ] as const)("at %i pixels, %s", (width, colorScheme) => {
    it("has no serious fault of accessibility, and fits", async () => {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await open("#example=refused");
      await unfold();
      await page.addScriptTag({ path: AXE });
      const violations = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
        };
        const found = await axe.run();
        return found.violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => html) }));
      });
      expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  });
});

/** The part of a link that holds a text; it need not be deflated well. */
function linkText(code: string): string {
  return deflateRawSync(JSON.stringify({ code, file: "a.ts" })).toString("base64url");
}
