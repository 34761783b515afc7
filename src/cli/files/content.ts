import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync } from "node:fs";
import { withDescriptor } from "../../files/descriptors.ts";

/** SHA-256 of a content, as a journal holds it. */
export function hashOf(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Has what was created, renamed and removed in a folder outlast a power failure, where the system can do that. */
export function syncFolder(folder: string): void {
  try {
    const descriptor = withDescriptor(() => openSync(folder, "r"));
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Windows opens no folder, and some file systems sync none. The order of what was done is kept even so, unless the power fails.
  }
}
