import { ignoredErrorsOf } from "../src/recognize/operations/ignored-errors.ts";
import { createRule } from "./create-rule.ts";

interface Options {
  readonly reportUnderscores: boolean;
}

// A callback is called after a failure as well. Then there is an error and no value: what reads the value fails at some other place, or goes
// on with `undefined`, and what went wrong is told to nobody.
export default createRule<"ignored" | "alone", Options>({
  name: "no-ignored-callback-error",
  type: "problem",
  description: "disallow callbacks that use a result and never look at the error",
  recommended: true,
  messages: {
    ignored:
      "The callback of `{{name}}` uses `{{value}}` and never looks at `{{error}}`: after an error there is no such value. Ask for the error first.",
    alone:
      "The callback of `{{name}}` uses `{{value}}` and never looks at `{{error}}`, which alone says that the operation has failed: `{{value}}` may be there all the same. Ask for the error first.",
  },
  options: {
    reportUnderscores: {
      description: "Also report where the name of the error begins with `_`.",
      type: "boolean",
    },
  },
  defaultOptions: { reportUnderscores: false },
  candidate: "describedOperation",
  *reports(analysis, { reportUnderscores }) {
    for (const { isDeliberate, isThereAnyway, operation, parameter, value } of ignoredErrorsOf(analysis)) {
      if (isDeliberate && !reportUnderscores) continue;
      const error = parameter.type === "Identifier" ? parameter.name : "the error";
      const messageId = isThereAnyway ? "alone" : "ignored";
      yield { node: parameter, messageId, data: { name: operation.name, value, error } };
    }
  },
});
