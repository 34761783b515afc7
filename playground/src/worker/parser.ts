/** The parser and the compiler in it, which are large: who needs them loads this module. */
import "../node/process.ts";
import * as scopeManager from "@typescript-eslint/scope-manager";
import * as parser from "@typescript-eslint/parser";
import { parseAndGenerateServices } from "@typescript-eslint/typescript-estree";
import { visitorKeys } from "@typescript-eslint/visitor-keys";

export { parser };
export const parts = { parseAndGenerateServices, analyze: scopeManager.analyze, visitorKeys };
