import type { RefusalText } from "./refusal-text.ts";

/** Why what types declare, a pair or a starter with its event, stays as it is. */
export const CONTRACT_REFUSALS = {
  "pair-unsupported": {
    message: "What {{name}} does until its End is called cannot be written as one awaitable method.",
    hint: "Let the pair pass its call on to another pair or to a task, or call the callback where it can be seen; or write the awaitable method by hand.",
  },
  "pair-faulty": {
    message:
      "{{name}} and the members that go with it do not fit together, so it cannot be told what the operation takes and gives.",
    hint: "Correct what the rule `valid-operation-contract` reports first.",
  },
  "pair-implemented-elsewhere": {
    message: "{{name}} is only declared here: what the objects that have it can do is decided where they are made.",
    hint: "Migrate the code that implements the type together with it (`--project`), or write the declaration anew with the implementation.",
  },
  "pair-twin-differs": {
    message:
      "There are awaitable members with the names that {{name}} would get, and they take or give something else.",
    hint: "Rename them, or let them take and give what the pair does.",
  },
  "pair-still-called": {
    message: "The members of an operation are still used where that cannot be migrated: {{name}}",
    hint: "Change that code first, or keep the members beside the awaitable method with `facade` (`--facade`).",
  },
  "event-unsupported": {
    message:
      "What {{name}} takes and gives, or how handlers are added to its event and removed from it, cannot be told from its declarations.",
    hint: "Declare one starter, methods that add and remove handlers with their type, and the class of the arguments that they are given; or write the awaitable method by hand.",
  },
  "event-not-private": {
    message:
      "{{name}} and its event would have to become private, and here they cannot: the file is JavaScript, or other types or decorators ask for them.",
    hint: "Keep them beside the awaitable method with `facade` (`--facade`).",
  },
} as const satisfies Readonly<Record<string, RefusalText>>;
