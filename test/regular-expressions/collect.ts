import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "../../src/ast/parse.ts";
import { walk } from "../../src/ast/walk.ts";

/** A regular expression of the package, as it is written. */
export interface WrittenExpression {
  readonly source: string;
  readonly flags: string;
  /** `file:line` of each place where it is written. */
  readonly places: readonly string[];
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The regular expressions of `src`, `rules` and `transforms`, each once; and where one is put together from strings. */
export function writtenExpressions(): { expressions: WrittenExpression[]; dynamic: string[] } {
  const expressions = new Map<string, WrittenExpression & { places: string[] }>();
  const dynamic: string[] = [];
  for (const file of sourceFiles()) {
    const { ast, visitorKeys } = parse(readFileSync(join(ROOT, file), "utf8"), file);
    walk(ast, visitorKeys, (node) => {
      const place = `${file}:${node.loc.start.line}`;
      if (node.type === "Literal" && "regex" in node) {
        const { pattern: source, flags } = node.regex;
        const known = expressions.get(`/${source}/${flags}`);
        if (known === undefined) expressions.set(`/${source}/${flags}`, { source, flags, places: [place] });
        else known.places.push(place);
      } else if (node.type === "Identifier" && node.name === "RegExp" && node.parent.type !== "TSTypeReference") {
        dynamic.push(place);
      }
    });
  }
  return { expressions: [...expressions.values()], dynamic };
}

function sourceFiles(): string[] {
  return ["src", "rules", "transforms"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `${folder}/${name}`),
  );
}
