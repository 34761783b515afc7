#!/usr/bin/env node
import { run } from "./run.ts";

// `tapify migrate | head` closes the pipe early, which is no reason for a stack trace.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

// Set, not exited with: what is still on its way to a pipe gets there.
process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
});
