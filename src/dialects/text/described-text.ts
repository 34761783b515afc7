import { DIALECTS } from "../families/index.ts";
import { all, rest, some, words, type TextTest } from "./text-tests.ts";

/** A text that names a module of a dialect in quotes, with `node:` or without, and one of the operations that the module offers. */
export const DESCRIBED_OPERATION: TextTest = some(
  ...DIALECTS.map(({ modules, operations }) =>
    all(
      words(...modules.flatMap((module) => [`"${module}"`, `'${module}'`, `:${module}"`, `:${module}'`])),
      rest(...operations.keys()),
    ),
  ),
);
