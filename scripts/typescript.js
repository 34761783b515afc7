// @ts-check
// `node --import ./scripts/typescript.js FILE.ts`: runs TypeScript as it is, without a look at its types, which Node 20 cannot do by itself.
import { register } from "node:module";

register("./typescript-hooks.js", import.meta.url);
