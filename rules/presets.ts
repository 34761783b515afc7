import type { Linter } from "eslint";

export type PresetName = "recommended" | "recommended-type-checked" | "migration" | "all";

/** What `recommended` reports: certain misuse, found in the syntax alone. */
const recommended: Linter.RulesRecord = {
  "tapify/callback-once": "error",
  "tapify/no-assumed-cancellation": "error",
  "tapify/no-blocking-wait": "error",
  "tapify/no-busy-wait": "error",
  "tapify/no-callback-and-promise": "error",
  "tapify/no-completion-parameter": "error",
  "tapify/no-discarded-end-result": "error",
  "tapify/no-dropped-callback": "error",
  "tapify/no-ignored-callback-error": "error",
  "tapify/no-ineffective-await": "error",
  "tapify/no-invalid-end": "error",
  "tapify/no-late-subscription": "error",
  "tapify/no-leaked-completion-handler": "error",
  "tapify/no-nested-task": "error",
  "tapify/no-overlapping-operations": "error",
  "tapify/no-unawaited-task": "error",
  "tapify/no-unchecked-completion": "error",
  "tapify/no-unsent-request": "error",
  "tapify/require-await-in-try": "error",
  "tapify/require-end": "error",
  "tapify/valid-operation-contract": "error",
};

/** The rules of each preset; the flat configs are made of these. */
export const PRESETS: Readonly<Record<PresetName, Linter.RulesRecord>> = {
  recommended,
  // The same rules, which use types where the parser has them and find more; and what types make sure enough to be on for everybody.
  "recommended-type-checked": { ...recommended, "tapify/prefer-async-twin": "error" },
  migration: {
    "tapify/prefer-async-contract": "warn",
    "tapify/prefer-async-twin": "warn",
    "tapify/prefer-await-over-begin-end": "warn",
    "tapify/prefer-await-over-blocking": "warn",
    "tapify/prefer-await-over-callbacks": "warn",
    "tapify/prefer-await-over-events": "warn",
  },
  all: {
    ...recommended,
    "tapify/no-mutation-while-pending": "error",
    "tapify/prefer-async-contract": "warn",
    "tapify/prefer-async-twin": "warn",
    "tapify/prefer-await-over-begin-end": "warn",
    "tapify/prefer-await-over-blocking": "warn",
    "tapify/prefer-await-over-callbacks": "warn",
    "tapify/prefer-await-over-events": "warn",
  },
};
