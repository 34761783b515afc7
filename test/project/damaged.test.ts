import { env } from "node:process";
import { expect, it } from "vitest";
import { migrateProject } from "../../src/project/migrate-project.ts";
import { ProjectError } from "../../src/project/project-error.ts";
import { damage, randomOf } from "../harness/damage.ts";
import { projectNames, TemporaryProject } from "./projects.ts";

/** A project with faults in it is migrated as far as it goes in one run. `TAPIFY_SEED` takes another seed. */

const SEED = Number(env["TAPIFY_SEED"] ?? 1);
/** So many damaged projects of one name are tried until one parses: what does not is refused as a whole. */
const ATTEMPTS = 8;

it.each(projectNames)(`%s, damaged, seed ${SEED}, is left alone by a second run`, (name) => {
  const random = randomOf(SEED, name);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const project = TemporaryProject.copyOf(name);
    const files = Object.entries(project.texts());
    const [path, text] = files[Math.floor(random() * files.length)]!;
    project.write({ [path]: damage(text, random) });
    try {
      const first = project.outcomeOf(migrateProject(project.config));
      project.write(first.texts);
      const second = project.outcomeOf(migrateProject(project.config));
      expect(second.texts).toEqual({});
      expect(second.refusals.length > 0).toBe(first.refusals.length > 0);
      return;
    } catch (error) {
      if (!(error instanceof ProjectError)) throw error;
    } finally {
      project.remove();
    }
  }
  expect.unreachable(`none of ${ATTEMPTS} parses`);
});
