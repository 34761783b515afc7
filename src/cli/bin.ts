#!/usr/bin/env node
import { run } from "./run.ts";

// `tapify migrate | head` closes the pipe early, and a terminal that hangs up takes nothing any more: no reason for a stack trace.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (!isClosed(error)) throw error;
  process.exit();
});
// What is told beside the report comes before files are written, and must not keep them from being written.
process.stderr.on("error", (error: NodeJS.ErrnoException) => {
  if (!isClosed(error)) throw error;
});

function isClosed({ code }: NodeJS.ErrnoException): boolean {
  return code === "EPIPE" || code === "EIO";
}

// Set, not exited with: what is still on its way to a pipe gets there.
process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  // Opened only where it is read.
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
});
