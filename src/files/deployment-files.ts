import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative } from "node:path";
import { answered } from "./questions.ts";
import { readRegularFile } from "./read-file.ts";
import { stampOf } from "./stamp.ts";

/** Far more than such a file has. */
const LARGEST = 2 ** 24;

/** A file that describes what is deployed. */
export interface DeploymentFile {
  readonly path: string;
  readonly text: string;
  /** The path of the asking file from the folder of this one, with `/` between its parts and without its ending. */
  readonly module: string;
}

/**
 * Finds the nearest file of one of these names above a file, and reads it as text. Nothing of it is run.
 *
 * @param file a path; one that is not absolute is no file of a file system.
 * @returns `null` where there is none, or it cannot be read
 */
export function findDeployment(file: string, names: readonly string[]): DeploymentFile | null {
  return answered("deployment", [file, names], deploymentOf(file, names));
}

function deploymentOf(file: string, names: readonly string[]): DeploymentFile | null {
  if (!isAbsolute(file)) return null;
  for (let folder = dirname(file), below = ""; below !== folder; below = folder, folder = dirname(folder)) {
    const path = names.map((name) => join(folder, name)).find((each) => existsSync(each));
    if (path === undefined) continue;
    const text = textOf(path);
    const module = relative(folder, file)
      .replaceAll("\\", "/")
      .replace(/\.[^./]+$/u, "");
    return text === null ? null : { path, text, module };
  }
  return null;
}

const known = new Map<string, { readonly stamp: string; readonly text: string | null }>();

/** The text of a file, read again when it has changed; `null` where it cannot be read. */
function textOf(path: string): string | null {
  const stamp = stampOf(path);
  if (stamp === null) return null;
  let entry = known.get(path);
  if (entry?.stamp !== stamp) known.set(path, (entry = { stamp, text: readText(path) }));
  return entry.text;
}

function readText(path: string): string | null {
  try {
    return readRegularFile(path, LARGEST).toString("utf8");
  } catch {
    return null;
  }
}
