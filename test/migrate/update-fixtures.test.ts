import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Workspace } from "../cli/support/workspace.ts";
import { ROOT } from "../harness/transpile.ts";
import { PatternError, updateFixtures } from "./updating-fixtures.ts";

/** A pair that becomes one await, and a program in which it is refused. */
const PLAIN = `function put(client: AmazonS3Client, request: PutObjectRequest): PutObjectResponse {
  const ar = client.BeginPutObject(request, null, null);
  return client.EndPutObject(ar);
}
`;
const MIGRATED = `async function put(client: AmazonS3Client, request: PutObjectRequest): Promise<PutObjectResponse> {
  return await client.PutObjectAsync(request);
}
`;
const REFUSED = PLAIN.replace("  return", "  console.log(ar.IsCompleted);\n  return");
const CODES = `[\n  { "code": "handle-member-read", "line": 3, "column": 15 }\n]\n`;

/** Updates a folder of fixtures, and says what it holds then. */
function update(files: Readonly<Record<string, string>>, pattern: string) {
  const workspace = new Workspace(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`fixtures/begin-end/${path}`, text])),
  );
  let printed = "";
  let failure: unknown = null;
  try {
    updateFixtures(workspace.root, pattern, (text) => (printed += `${text}\n`));
  } catch (error) {
    failure = error;
  }
  const left = Object.entries(workspace.snapshot()).map(
    ([path, text]) => [path.slice("fixtures/begin-end/".length), text] as const,
  );
  return { printed, failure, files: Object.fromEntries(left) };
}

it("writes what has changed, removes what is no more, and shows both as diffs", () => {
  const own = JSON.stringify(JSON.parse(CODES));
  const given = {
    "changed.input.ts": PLAIN,
    "changed.output.ts": PLAIN,
    "migrated-now.input.ts": PLAIN,
    "migrated-now.refused.json": CODES,
    "other.input.ts": PLAIN,
    "other.output.ts": "wrong\n",
    "refused-now.input.ts": REFUSED,
    "refused-now.output.ts": MIGRATED,
    "right.input.ts": REFUSED,
    "right.refused.json": own,
  };
  const { printed, failure, files } = update(given, "begin-end/(?:changed|.*-now|right)");
  expect(failure).toBeNull();
  expect(files).toEqual({
    "changed.input.ts": PLAIN,
    "changed.output.ts": MIGRATED,
    "migrated-now.input.ts": PLAIN,
    "migrated-now.output.ts": MIGRATED,
    // The pattern does not match it.
    "other.input.ts": PLAIN,
    "other.output.ts": "wrong\n",
    "refused-now.input.ts": REFUSED,
    "refused-now.refused.json": CODES,
    // As it was laid out.
    "right.input.ts": REFUSED,
    "right.refused.json": own,
  });
  const path = "fixtures/begin-end/";
  for (const change of [
    `--- ${path}changed.output.ts\n+++ ${path}changed.output.ts\n`,
    "\n-  const ar = client.BeginPutObject(request, null, null);\n",
    "\n+  return await client.PutObjectAsync(request);\n",
    `--- ${path}migrated-now.refused.json\n+++ /dev/null\n`,
    `--- ${path}refused-now.output.ts\n+++ /dev/null\n`,
    `--- /dev/null\n+++ ${path}refused-now.refused.json\n`,
    "3 of 4 fixtures changed\n",
  ])
    expect(printed).toContain(change);
  expect(printed).not.toContain("right");
});

it.each([
  ["nothing-like-it", "No fixture has a path that matches nothing-like-it."],
  ["(", "( is no regular expression"],
])("refuses the pattern %s and writes nothing", (pattern, message) => {
  const given = { "a.input.ts": PLAIN, "a.output.ts": PLAIN };
  const { failure, files } = update(given, pattern);
  expect(files).toEqual(given);
  expect(failure).toBeInstanceOf(PatternError);
  expect((failure as Error).message).toContain(message);
});

it("is run by a script, which says how", () => {
  const script = join(ROOT, "scripts/fixtures-update.js");
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 2, stderr: "Usage: npm run fixtures:update -- PATTERN\n" });
});
