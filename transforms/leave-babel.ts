/**
 * jscodeshift compiles whatever its transform loads with Babel, packages too: for the TypeScript compiler that takes a minute, and
 * for a module that reads `import.meta` it does not work at all. What is published needs no compiling, so the hook is taken off before
 * anything else is loaded. It lives in jscodeshift's worker alone. Without the hook (`--no-babel`) there is nothing to do.
 *
 * Import this before any other module; `@babel/register` is found as it was loaded, since only jscodeshift can resolve it.
 */
import { createRequire } from "node:module";

const REGISTER = /[\\/]@babel[\\/]register[\\/]lib[\\/]index\.c?js$/;

// `import.meta` would give this file's own place, and is what cannot be used here; the cache is the same for every place.
const loaded = Object.values(createRequire(process.execPath).cache).find((module) =>
  REGISTER.test(module?.filename ?? ""),
);
(loaded?.exports as { revert(): void } | undefined)?.revert();
