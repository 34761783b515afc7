// @ts-check
// `npm run -s tapify -- …`: the compiled program, run where the user stands. npm itself runs scripts in the folder of the checkout.
import { existsSync } from "node:fs";

const bin = new URL("../dist/src/cli/bin.js", import.meta.url);
if (!existsSync(bin)) {
  console.error("tapify is not built. Run `npm run build` first.");
  process.exit(2);
}
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
await import(bin.href);
