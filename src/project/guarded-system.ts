import { openSync, closeSync } from "node:fs";
import { devNull } from "node:os";
import type * as TypeScript from "typescript";
import { isOutOfDescriptors, withDescriptor } from "../files/descriptors.ts";
import { readRegularFile, UnreadableFile } from "../files/read-file.ts";
import { printable } from "../printable.ts";
import { ProjectError } from "./project-error.ts";

/**
 * The compiler's way to files, by which only regular ones are read. A file that may not be read is missing, to the compiler; what was
 * wrong with it is kept for whoever has to tell.
 */
export class GuardedSystem {
  /** What was wrong with files, by their paths; the message goes on where the file has been named. */
  readonly problems = new Map<string, string>();
  readonly #own: TypeScript.System;
  readonly #guarded: TypeScript.System;

  /** @param system the compiler's own, `ts.sys`. */
  constructor(own: TypeScript.System) {
    const unguarded = { ...own };
    this.#own = own;
    this.#guarded = {
      ...unguarded,
      readFile: (file) => this.readFile(file),
      // The compiler takes a folder that it cannot open for an empty one.
      readDirectory: (...search) => (waitForDescriptor(), unguarded.readDirectory(...search)),
      getDirectories: (path) => (waitForDescriptor(), unguarded.getDirectories(path)),
    };
  }

  /** The compiler's system, with its way to files guarded. */
  get system(): TypeScript.System {
    return this.#guarded;
  }

  /** Guards the compiler's own system while `work` goes on, for those that go to it themselves. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = { ...this.#own };
    Object.assign(this.#own, this.#guarded);
    try {
      return await work();
    } finally {
      Object.assign(this.#own, before);
    }
  }

  /** @throws {ProjectError} naming every file that could not be read, if there are any. */
  refuseProblems(): void {
    if (this.problems.size > 0)
      throw new ProjectError([...this.problems].map(([file, problem]) => printable(`${file} ${problem}.`)).join("\n"));
  }

  readFile(file: string): string | undefined {
    try {
      return decodeAsCompiler(readRegularFile(file));
    } catch (error) {
      const { message } = error as Error;
      if (error instanceof UnreadableFile) this.problems.set(file, message);
      // Anything else makes a file a missing one, as ever.
      else if (isOutOfDescriptors(error)) this.problems.set(file, `cannot be opened: ${message}`);
      return undefined;
    }
  }
}

function waitForDescriptor(): void {
  closeSync(withDescriptor(() => openSync(devNull, "r")));
}

/** The text of a file, by its byte order mark; without one, UTF-8. */
function decodeAsCompiler(bytes: Buffer): string {
  const [first, second, third] = bytes;
  if (first === 0xfe && second === 0xff)
    return bytes
      .subarray(0, bytes.length & ~1)
      .swap16()
      .toString("utf16le", 2);
  if (first === 0xff && second === 0xfe) return bytes.toString("utf16le", 2);
  return bytes.toString("utf8", first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0);
}
