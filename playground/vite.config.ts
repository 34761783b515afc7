import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Stands for each module of Node.js that the core, the parser or ESLint imports; what they ask of it in a browser is in there. */
const NODE: Readonly<Record<string, string>> = {
  fs: file("src/node/fs.ts"),
  path: "path-browserify",
  util: file("src/node/util.ts"),
};
const REST = file("src/node/rest.ts");

export default defineConfig({
  root: file("."),
  // Every address is relative, so that the page can lie in any folder.
  base: "./",
  publicDir: false,
  resolve: {
    alias: [
      { find: /^.*\/load-parser\.js$/, replacement: file("src/worker/load-parser.ts") },
      ...Object.entries(NODE).map(([name, replacement]) => ({ find: new RegExp(`^(?:node:)?${name}$`), replacement })),
      {
        find: /^(?:node:)?(?:buffer|crypto|fs\/promises|inspector|module|os|perf_hooks|timers\/promises|tty|url)$/,
        replacement: REST,
      },
    ],
  },
  worker: { format: "es" },
  build: {
    outDir: file("dist"),
    emptyOutDir: true,
    target: "es2022",
    // The compiler is in one of them, which is loaded when a text is looked at first.
    chunkSizeWarningLimit: 8_000,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});
