/** As much of `process` as the parser asks for. It is there before any of its modules is run. */
Object.assign(globalThis, {
  process: { argv: [], cwd: () => "/", env: {}, platform: "browser", stderr: {}, stdout: {} },
});
