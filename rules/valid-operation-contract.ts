import { contractFaultsOf } from "../src/recognize/contracts/contract-faults.ts";
import { createRule } from "./create-rule.ts";

// Who calls a contract knows nothing but its members: a pair without its End cannot be ended, a version that takes or gives something
// else is another operation, an event under another name is heard by nobody.
const messages = {
  endMissing: "`{{member}}` has no `{{other}}` beside it, so what it begins can never be ended.",
  endsSeveral: "`{{member}}` has more than one `{{other}}`, and a pair must have exactly one.",
  beginParameters: "The last two parameters of `{{member}}` must be the callback and the state.",
  endParameters: "The last parameter of `{{member}}` must be the handle that `{{other}}` returns.",
  patternOnEnd: "`AsyncPattern` belongs on `{{other}}`, not on `{{member}}`.",
  patternWithoutBegin: "`AsyncPattern` marks a Begin/End pair, and `{{member}}` is no Begin.",
  patternMissing:
    "`{{member}}` and `{{other}}` are one operation only with `AsyncPattern`; without it each is an operation by itself.",
  inputsDisagree: "`{{member}}` and `{{other}}` are versions of one operation and must take the same inputs.",
  outputsDisagree: "`{{member}}` and `{{other}}` are versions of one operation and must give the same outputs.",
  nameTwice: "`{{member}}` and `{{other}}` are two operations with one name.",
  oneWayOutput: "A one-way operation gives nothing back, but `{{member}}` does.",
  eventMissing: "`{{member}}` has no event `{{other}}`, so nobody hears of its completion.",
  eventMisnamed:
    "The event `{{member}}` is that of no operation; after the method that starts it, it must be called `{{other}}`.",
  starterReturns:
    "`{{member}}` tells its outcome by the event `{{other}}` and must return nothing; a version that returns a promise is called `…TaskAsync`.",
};

export default createRule<keyof typeof messages, Record<never, never>>({
  name: "valid-operation-contract",
  type: "problem",
  description: "require the members of Begin/End pairs, service operations and event-based operations to fit together",
  recommended: true,
  messages,
  options: {},
  defaultOptions: {},
  candidate: "contract",
  isSetToConcern: (text, { operationDecorators = [] }) => operationDecorators.some((name) => text.includes(name)),
  *reports(analysis) {
    for (const { kind, member, node, other } of contractFaultsOf(analysis))
      yield { node, messageId: kind, data: { member, other } };
  },
});
