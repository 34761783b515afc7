import { AWS_LAMBDA, type ExportingHost } from "../completion-parameters.ts";
import { COMPLETION_NAMES, TEST_RUNNERS } from "../test-runners.ts";
import { all, rest, some, words, type TextTest } from "./text-tests.ts";

/** A text with an export by the host's name, with something that only a function of the host needs, or with its parameters' names. */
function textOfHost({ exports, members, modules, parameters, types }: ExportingHost): TextTest {
  const names = parameters.filter(({ isFree }) => isFree !== true).map((each) => rest(...each.names));
  return some(
    all(words(...exports, ...modules, types, ...members), rest("export")),
    all(words("export"), ...names.toReversed()),
  );
}

/** A text with a function that a test runner calls with something that is no completion parameter, or with one beside a promise. */
const TEST_CALLBACK: TextTest = some(
  ...TEST_RUNNERS.filter(({ hasCompletion }) => !hasCompletion).map(({ functions, modules }) =>
    all(words(...modules), rest(...functions)),
  ),
  all(words("async"), rest(...COMPLETION_NAMES), rest(...TEST_RUNNERS.flatMap(({ functions }) => [...functions]))),
);

/** A text that may have functions whose completion parameter their host does not serve. */
export const COMPLETION_PARAMETER: TextTest = some(textOfHost(AWS_LAMBDA), TEST_CALLBACK);
