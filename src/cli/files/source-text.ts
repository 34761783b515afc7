import { isUtf8 } from "node:buffer";
import { readRegularFile } from "../../files/read-file.ts";

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** A file's text, and whether a byte order mark stood before it. */
export interface SourceText {
  readonly text: string;
  readonly hasBom: boolean;
}

/**
 * Reads bytes as UTF-8.
 *
 * @throws {Error} when they are not UTF-8: what a lenient decoder makes of them could not be written back.
 */
export function decode(bytes: Buffer): SourceText {
  if (!isUtf8(bytes)) throw new Error("is not valid UTF-8. Convert it to UTF-8, or leave it out");
  const hasBom = bytes.subarray(0, BOM.length).equals(BOM);
  return { text: bytes.toString("utf8", hasBom ? BOM.length : 0), hasBom };
}

/**
 * Reads a source.
 *
 * @throws {Error} when it is no regular file, is too large, is not UTF-8, or cannot be read; the message goes on where the file has been named.
 */
export function readSource(file: string): SourceText {
  return decode(readRegularFile(file));
}

/** The bytes of a text; the inverse of `decode`. */
export function encode({ text, hasBom }: SourceText): Buffer {
  const bytes = Buffer.from(text, "utf8");
  return hasBom ? Buffer.concat([BOM, bytes]) : bytes;
}
