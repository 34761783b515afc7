import { createRequire } from "node:module";
import { extname } from "node:path";
import { areDescriptorsFew, withDescriptor } from "../files/descriptors.ts";

/**
 * Loads a compiled module and all that it imports, one file after the other, if this process may open few files only. An `import` opens the
 * files of all modules at once, and what it cannot open then stays unloaded for good.
 *
 * @param module As in an `import` that follows.
 * @param from The `import.meta.url` of whoever imports it.
 */
export function loadOneByOne(module: string, from: string): void {
  if (extname(from) !== ".js" || !areDescriptorsFew()) return;
  const path = module.replace(/\.ts$/, ".js");
  withDescriptor(() => createRequire(from)(path) as unknown);
}
