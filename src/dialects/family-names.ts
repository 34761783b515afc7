import { familiesIn } from "./callback-settings.ts";
import type { Dialect } from "./dialect.ts";
import { DIALECTS } from "./families/index.ts";
import { rootsOf } from "./makers.ts";
import { PATTERN_FAMILIES } from "./pattern-families.ts";
import type { Settings } from "./settings.ts";

const known = new WeakMap<Dialect, ReadonlySet<string>>();

/** The names of a family as an option takes them: the packages, modules of Node.js and globals that its operations come from. */
export function namesOfFamily(dialect: Dialect): ReadonlySet<string> {
  let names = known.get(dialect);
  if (names === undefined) {
    const origins = dialect.starts.flatMap((start) => {
      switch (start.kind) {
        case "module":
          return start.modules.map(packageOf);
        case "global":
          return [start.path.split(".")[0]!];
        case "made":
          return rootsOf(start.by).modules.map(packageOf);
      }
    });
    // Operations that only their methods tell have no origin to be named by.
    known.set(dialect, (names = new Set(origins.length > 0 ? origins : [slugOf(dialect.name)])));
  }
  return names;
}

/** The names of all families, those that settings bring along included, each once. */
export function familyNames(settings: Settings = {}): string[] {
  const described = [...DIALECTS, ...familiesIn(settings)].flatMap((dialect) => [...namesOfFamily(dialect)]);
  return [...PATTERN_FAMILIES, ...new Set(described)];
}

/** The package that a module belongs to; a path of a project is a name by itself. */
function packageOf(module: string): string {
  if (/^[./]/.test(module)) return module;
  return module
    .split("/")
    .slice(0, module.startsWith("@") ? 2 : 1)
    .join("/");
}

function slugOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]+/g, "-");
}
