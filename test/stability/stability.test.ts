import { afterAll, describe, expect, it } from "vitest";
import { TracedRunner } from "../harness/run-traced.ts";
import { isScripted } from "../migrate/variants.ts";
import { RESPELLINGS, type Respelling } from "./respellings.ts";
import { asWritten, decisionsOf, EXCEPTIONS, inRespelling, isSampled, stableTexts } from "./stability.ts";

/**
 * What is decided about a text, and what it does before and after its migration, does not depend on how it is written. A part of the texts is looked
 * at in each way of writing; `npm run stability` looks at all.
 */

const runner = new TracedRunner();
afterAll(() => runner.stop());

describe.each(Object.keys(RESPELLINGS) as Respelling[])("%s", (respelling) => {
  const excused = new Set(Object.values(EXCEPTIONS[respelling]).flat());
  const among = (share: number) => stableTexts.filter(({ path }) => isSampled(path, respelling, share));

  it("leaves the decisions as they are, but for the exceptions", { timeout: 3_600_000 }, () => {
    const differing = among(12).filter((text) => {
      const other = excused.has(text.path) ? null : inRespelling(text, respelling);
      return other !== null && decisionsOf(other.migration).join() !== decisionsOf(asWritten(text)).join();
    });
    expect(differing.map(({ path }) => path)).toEqual([]);
  });

  it("leaves the traces as they are", { timeout: 3_600_000 }, async () => {
    const texts = among(40).filter(({ path, text }) => isScripted(text) && !excused.has(path));
    for (const text of texts) {
      const other = inRespelling(text, respelling);
      if (other === null) continue;
      const { output } = asWritten(text);
      const runs = [];
      for (const program of [text.text, other.respelled.text, output, other.migration.output])
        runs.push(await runner.run(program));
      const [before, respelled, after, respelledAfter] = runs.map(({ trace, uncaught }) => ({
        path: text.path,
        trace,
        isEnded: uncaught !== null,
      }));
      expect(respelled).toEqual(before);
      expect(respelledAfter).toEqual(after);
    }
  });
});

it("excuses no text that is not there", () => {
  const paths = new Set(stableTexts.map(({ path }) => path));
  const named = Object.values(EXCEPTIONS).flatMap((reasons) => Object.values(reasons).flat());
  expect(named.filter((path) => !paths.has(path))).toEqual([]);
});
