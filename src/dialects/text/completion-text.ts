import { COMPLETION_NAME_IN_TEXT, COMPLETION_WORDS } from "../callback-names.ts";
import { EXPORTING_HOSTS, OWN_COMPLETION, type ExportingHost } from "../completion-parameters.ts";
import { TEST_RUNNERS } from "../test-runners.ts";
import { endBefore, isWordPart, SPACE, spaceBefore } from "./text-scan.ts";
import { all, atPlaces, rest, some, words, type TextTest } from "./text-tests.ts";

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
  all(words("async"), rest(...COMPLETION_WORDS), rest(...TEST_RUNNERS.flatMap(({ functions }) => [...functions]))),
);

const HANDLER = some(...EXPORTING_HOSTS.map(textOfHost));

/** A text with a name that a completion parameter goes by, where a list of parameters may end behind it, and with what such a function is given. */
const OWN_FUNCTION: TextTest = all(words(...OWN_COMPLETION.words), COMPLETION_NAME_IN_TEXT);

/** A text that may have functions with a completion parameter, whether their host serves that or not. */
export const COMPLETION_FUNCTION: TextTest = some(HANDLER, OWN_FUNCTION);

/** A text that may have functions whose completion parameter their host does not serve. */
export const COMPLETION_PARAMETER: TextTest = some(HANDLER, TEST_CALLBACK);

/** What may stand before a short name, and before the end of a longer one that is as short. */
const BEFORE_NAME = [...`_(){}[];:,.=&|?!<>+-*/~"'${SPACE}`];
const WORD_PARTS = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$"];

/** A short name, with what may stand before it and behind it: by itself it is a part of many words. */
const SHORT_NAME = words(
  ...[...`(?!<)/${SPACE}`].flatMap((next) => [
    ...BEFORE_NAME.map((before) => `${before}cb${next}`),
    ...WORD_PARTS.map((before) => `${before}Cb${next}`),
  ]),
);

/** A name that completion parameters go by, which is no member's. */
const LONG_NAME = atPlaces(
  COMPLETION_WORDS.filter((word) => word.length > 2),
  (text, at) => text[endBefore(text, at) - 1] !== ".",
);

/** A first argument that says that there is no error. */
const ANSWER = atPlaces(["null", "undefined", "void"], (text, at) => {
  const before = text[spaceBefore(text, at) - 1];
  // A comment hides what is before the value.
  return !isWordPart(text.charCodeAt(at - 1)) && (before === "(" || before === "/");
});

/** A text that may have calls of a completion parameter. */
export const COMPLETION_CALL: TextTest = some(HANDLER, SHORT_NAME, LONG_NAME, ANSWER);
