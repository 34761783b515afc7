import { expect, it } from "vitest";
import type { Settings } from "../../src/dialects/settings.ts";
import { mayMigrate } from "../../src/plan/candidates.ts";
import { OUTCOME_ROWS } from "./outcome-rows/index.ts";

/** The words of the text test are made of the families that an analysis is given. */

const FURTHER: Settings = { families: OUTCOME_ROWS };
const mayHold = (text: string, settings?: Settings): boolean => mayMigrate(text, ["callbacks-to-async"], settings);

it.each([
  "chrome.tabs.get(id, show);",
  "const { storage } = chrome; storage.local.get(key, show);",
  "Office.context.mailbox.item.body.getAsync(type, show);",
  "navigator.geolocation.getCurrentPosition(show);",
  "wx.login({ success: show });",
  "const { request } = wx; request({ url, fail });",
  'const request = tx.objectStore("notes").get(key); request.onsuccess = show;',
  'const request = tx.objectStore("notes").get(key); request.addEventListener("error", fail);',
])("%s", (text) => {
  expect(mayHold(text)).toBe(false);
  expect(mayHold(text, FURTHER)).toBe(true);
});

it.each([
  "chrome.windows.show(show);",
  "mailbox.getAsync(show);",
  "request({ url, success });",
  'const note = await tx.objectStore("notes").get(key);',
])("%s holds too few of the words", (text) => {
  expect(mayHold(text, FURTHER)).toBe(false);
});

it("goes by the families that are built in as before", () => {
  const text = 'import fs from "node:fs"; fs.readFile(path, show);';
  expect([mayHold(text), mayHold(text, FURTHER)]).toEqual([true, true]);
});
