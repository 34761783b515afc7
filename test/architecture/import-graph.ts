import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

/** The files that each file imports, by name; imports of types as well. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** The imports of all TypeScript files below some folders, by their names relative to `root`. */
export function importGraph(root: string, folders: readonly string[]): ImportGraph {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.ts$/.test(name))
      .map((name) => join(folder, name)),
  );
  return new Map(
    files.toSorted().map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), "utf8"), true, true);
      const relativeOnes = importedFiles.filter(({ fileName }) => fileName.startsWith("."));
      return [
        file,
        relativeOnes.map(({ fileName }) => relative(root, resolve(root, dirname(file), fileName))),
      ] as const;
    }),
  );
}

/** The circles of a graph: sets of files each of which imports each other one in the end. By Tarjan's algorithm. */
export function circlesOf(graph: ImportGraph): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): number => {
    const own = order.size;
    order.set(file, own);
    lowest.set(file, own);
    open.push(file);
    for (const imported of graph.get(file) ?? []) {
      if (!graph.has(imported)) continue;
      if (!order.has(imported)) visit(imported);
      if (open.includes(imported)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(imported)!));
    }
    if (lowest.get(file) === own) {
      const circle = open.splice(open.indexOf(file));
      if (circle.length > 1 || graph.get(file)?.includes(file) === true) circles.push(circle.toSorted());
    }
    return own;
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return circles;
}

/** The imports that lead from a layer to a higher one. `layers` are folders and files, the lowest first; a file belongs to the longest that holds it. */
export function upwardImports(graph: ImportGraph, layers: readonly string[]): string[] {
  const layerOf = (file: string): number => {
    const holding = layers.filter((layer) => file === layer || file.startsWith(`${layer}/`));
    const [longest] = holding.toSorted((one, other) => other.length - one.length);
    return longest === undefined ? layers.length : layers.indexOf(longest);
  };
  return [...graph].flatMap(([file, imports]) =>
    imports.filter((imported) => layerOf(imported) > layerOf(file)).map((imported) => `${file} -> ${imported}`),
  );
}
