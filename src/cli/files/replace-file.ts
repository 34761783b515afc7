import { accessSync, constants, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { readUnlinkedFile } from "../../files/read-file.ts";
import { temporaryName, writeLike } from "./temporary-file.ts";

/**
 * Replaces a file's content in one step: it has the old content or the new, whatever fails. Mode and owner stay; a symbolic
 * link stays a link, and what it leads to is replaced.
 *
 * Not done with write-file-atomic: 7.0.1 takes no notice of how many bytes a write took, and on a disk that was nearly full
 * it replaced a file by its first part and reported success.
 *
 * @param expected The content that the new one was made from.
 * @throws {Error} when the file cannot be written, or no longer has the expected content; it is then as it was.
 */
export function replaceFile(file: string, expected: Buffer, content: Buffer): void {
  const target = realpathSync(file);
  // Renaming over a file asks nothing of the file itself, but one that is write-protected is so for a reason.
  accessSync(target, constants.W_OK);
  const temporary = join(dirname(target), temporaryName());
  try {
    writeLike(temporary, content, statSync(target));
    if (!readUnlinkedFile(target).equals(expected))
      throw new Error("it was changed after it was read. Run tapify again");
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
