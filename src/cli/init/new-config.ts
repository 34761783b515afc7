/** The configuration of a project that has none: as the README gives it. */
export const NEW_CONFIG_NAME = "eslint.config.mjs";

export const NEW_CONFIG = `import { defineConfig } from "eslint/config";
import tapify from "eslint-plugin-tapify";
import tseslint from "typescript-eslint";

export default defineConfig([
  {
    files: ["**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}"],
    languageOptions: { parser: tseslint.parser },
    extends: [tapify.configs.recommended],
  },
]);
`;
