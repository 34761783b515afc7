import { join, resolve } from "node:path";
import { readRegularFile } from "../files/read-file.ts";

const ENDINGS = ["", ".js", ".cjs", ".mjs", "/index.js"];

/**
 * The files by which other packages take what a package offers, as its `package.json` names them: `main`, `module`, `exports`, or `index.js`.
 * One that is private, or has no name or no version, is used by no other package.
 *
 * @param folder The folder of the `package.json`, absolute.
 * @param isThere Whether a file belongs to what is looked at.
 */
export function packageEntries(folder: string, isThere: (file: string) => boolean): ReadonlySet<string> {
  const manifest = manifestIn(folder);
  if (manifest === null || typeof manifest["name"] !== "string" || typeof manifest["version"] !== "string")
    return new Set();
  if (manifest["private"] === true) return new Set();
  const named = [manifest["main"] ?? "index.js", manifest["module"], manifest["exports"]].flatMap(pathsIn);
  return new Set(
    named.flatMap((path) => {
      const file = resolve(folder, path);
      return ENDINGS.map((ending) => file + ending).find(isThere) ?? [];
    }),
  );
}

function manifestIn(folder: string): Readonly<Record<string, unknown>> | null {
  try {
    const manifest: unknown = JSON.parse(readRegularFile(join(folder, "package.json")).toString("utf8"));
    return typeof manifest === "object" && manifest !== null ? (manifest as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** The paths that a value of a `package.json` names, however deep. */
function pathsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(pathsIn) : [];
}
