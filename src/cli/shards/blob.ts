import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { printable } from "../../printable.ts";
import { UsageError } from "../usage-error.ts";
import { packageVersion } from "../version.ts";
import type { Shard } from "./shard.ts";

/** What a part of a run leaves behind, so that the parts can be reported on as one. */
export interface Blob {
  readonly tapify: string;
  readonly command: "check" | "migrate";
  /** The same for all parts of a run. */
  readonly run: string;
  readonly shard: Shard;
  /** What the command makes its report of. */
  readonly content: unknown;
}

/** The format that `tapify merge-reports` reads. */
export const BLOB_FORMAT = "blob";

/** @param options What decides what the run finds and how it ends; parts with other options are of another run. */
export function formatBlob(command: Blob["command"], shard: Shard, options: unknown, content: unknown): string {
  const run = createHash("sha256").update(JSON.stringify(options)).digest("hex");
  return `${JSON.stringify({ tapify: packageVersion(), command, run, shard, content } satisfies Blob)}\n`;
}

/**
 * Reads what the parts of a run have left behind.
 *
 * @returns the parts in their order
 * @throws {UsageError} when a file cannot be read or is no such report, the parts are not of one run, or not all of them are there once.
 */
export function readBlobs(paths: readonly string[], cwd: string): Blob[] {
  const blobs = paths.map((path) => readBlob(path, cwd));
  const [first] = blobs;
  if (first === undefined)
    throw new UsageError("merge-reports takes the reports of all parts of a run: tapify merge-reports part-*.json.");
  for (const [index, { command, run, shard, tapify }] of blobs.entries()) {
    const isSame =
      command === first.command && run === first.run && shard.count === first.shard.count && tapify === first.tapify;
    if (!isSame)
      throw new UsageError(
        printable(
          `${paths[index]} is of another run than ${paths[0]}: all parts need the same version, command, paths and options.`,
        ),
      );
  }
  const sorted = blobs.toSorted((a, b) => a.shard.index - b.shard.index);
  for (let index = 1; index <= first.shard.count; index++) {
    const count = sorted.filter(({ shard }) => shard.index === index).length;
    if (count === 1) continue;
    throw new UsageError(`part ${index} of ${first.shard.count} ${count === 0 ? "is missing" : "is there twice"}.`);
  }
  return sorted;
}

function readBlob(path: string, cwd: string): Blob {
  let blob: Partial<Blob> | null;
  try {
    blob = JSON.parse(readFileSync(resolve(cwd, path), "utf8")) as Partial<Blob> | null;
  } catch (error) {
    throw new UsageError(printable(`${path} cannot be read: ${(error as Error).message}.`));
  }
  if (blob?.tapify === undefined || blob.content === undefined || blob.shard === undefined)
    throw new UsageError(printable(`${path} is no part of a run. Write one with --shard 1/3 --format ${BLOB_FORMAT}.`));
  if (blob.tapify !== packageVersion())
    throw new UsageError(printable(`${path} is of tapify ${blob.tapify}, and this is ${packageVersion()}.`));
  return blob as Blob;
}

/** A path as a report holds it that goes to another machine. */
export function portable(file: string, cwd: string): string {
  return relative(cwd, file).split(sep).join("/");
}
