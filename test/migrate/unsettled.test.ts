import { expect, it, vi } from "vitest";
import { migrateText } from "../../src/plan/migrate.ts";
import { migrateProject } from "../../src/project/migrate-project.ts";
import { TemporaryProject } from "../project/projects.ts";

/** No program is known of which the migrations come to no end, so each is told here that they did not. */
vi.mock("../../src/plan/settle.ts", () => ({
  settle: <Name>(names: readonly Name[], migrate: (name: Name) => boolean): boolean => {
    names.forEach(migrate);
    return false;
  },
}));

const TEXT = `export async function send(): Promise<void> {
  const ar = client.BeginSend(data, null, null);
  client.EndSend(ar);
}
`;

it("a text stays as it is, and says why where it would have changed", () => {
  const { output, refusals, status } = migrateText(TEXT, { filePath: "a.ts" });
  expect({ output, status }).toEqual({ output: TEXT, status: "refused" });
  expect(refusals).toMatchObject([{ code: "does-not-settle", line: 2, column: 14 }]);
});

it("a project stays as it is", () => {
  const project = TemporaryProject.copyOf("shop");
  const { refusals, texts } = project.outcomeOf(migrateProject(project.config));
  expect(texts).toEqual({});
  expect(refusals.length).toBeGreaterThan(0);
  expect(refusals.filter((refusal) => !refusal.endsWith(" does-not-settle"))).toEqual([]);
});
