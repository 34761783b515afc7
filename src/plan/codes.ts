import { printable } from "../printable.ts";
import { CALLBACK_REFUSALS } from "./callback-codes.ts";
import { CONTRACT_REFUSALS } from "./contract-codes.ts";
import { EVENT_REFUSALS } from "./event-codes.ts";
import type { RefusalText } from "./refusal-text.ts";

/**
 * The closed lists of refusal and note codes. Each refusal has a section on the page docs/refusals.md and a fixture; a test holds them together.
 */

export const REFUSALS = {
  "work-in-poll-loop": {
    message: "The loop that waits for {{name}} does work of its own, which would run at another time or not at all.",
    hint: "Move the work out of the loop, await the operation and run the work beside it, or migrate with `yieldInPolls`.",
  },
  "handle-escapes": {
    message: "The handle of {{name}} is returned, stored or passed on, so it cannot be told who ends the operation.",
    hint: "End the operation in the function that begins it, or convert the code that receives the handle first.",
  },
  "handle-ambiguous": {
    message: "A variable that holds the handle of {{name}} may hold another value where it is read.",
    hint: "Give each operation a variable of its own.",
  },
  "handle-member-read": {
    message: "{{name}} of the handle is read where a promise has no such member.",
    hint: "Take the value from somewhere else, or remove the read.",
  },
  "end-missing": {
    message: "{{name}} is begun without a callback and never ended, so there is no place for an await.",
    hint: "Call the End where the result or the error matters, then migrate.",
  },
  "end-elsewhere": {
    message: "The End of {{name}} is in a nested function, or not on every path that follows the Begin.",
    hint: "Call the End in the function that begins the operation, or directly in the callback.",
  },
  "end-mismatch": {
    message:
      "What is ended is not what {{name}} began: another operation, another object, or the same handle a second time.",
    hint: "Correct the pair of Begin and End first.",
  },
  "operands-may-change": {
    message: "What stands beside the End of {{name}} may change during an await, and a call or a condition is there.",
    hint: "Put what the End gives in a variable first.",
  },
  "end-has-extra-arguments": {
    message: "The End of {{name}} takes values beside the handle, and an awaited call has one result only.",
    hint: "Write an awaitable version that returns all values in one object, or declare the values before the Begin and migrate with the target `adapter`.",
  },
  "callback-unknown": {
    message: "The callback of {{name}} is not a function of this file, so what it does cannot be told.",
    hint: "Pass a function that is declared in this file and is not reassigned.",
  },
  "callback-used-elsewhere": {
    message:
      "The callback {{name}} is also used in another way than as a callback, or is declared by a type above its class or object, and would not be called with a handle any more.",
    hint: "Give the other use a function of its own.",
  },
  "callback-begins-again": {
    message:
      "The callback {{name}} begins its own operation again, and no loop can take its place: it does so before the last thing it does, is begun from several places, or is begun where more follows that would have to wait for all rounds.",
    hint: "Begin the operation again as the last act of the callback, and for the first time as the last act of a function, or convert it by hand to a loop with an await.",
  },
  "callback-unsupported": {
    message:
      "The callback {{name}} cannot become an async function: it uses `this` of its caller, `arguments`, further parameters or names that are not seen where the operation begins, or is a generator.",
    hint: "Make it a plain function of one parameter, or bind it with an arrow function.",
  },
  "completed-synchronously": {
    message: "{{name}} is ended in two places, depending on CompletedSynchronously.",
    hint: "Keep one of the two Ends, then migrate.",
  },
  "state-unsupported": {
    message:
      "The state of {{name}} cannot be carried over: evaluating it has effects, or the callback uses it in an unusual way.",
    hint: "Put the state in a variable before the Begin.",
  },
  "receiver-has-effects": {
    message: "The object on which {{name}} is called is computed by a call, so the call cannot be moved or repeated.",
    hint: "Put the object in a variable first.",
  },
  "optional-call": {
    message: "Whether {{name}} is reached at all is decided by a `?.` before it, as the program runs.",
    hint: "Ask in an `if` first whether the object is there.",
  },
  "wait-with-time-out": {
    message: "The wait for {{name}} has a time-out that cannot be told, or that no timer can take the place of.",
    hint: "Write the time-out in milliseconds, and wait in the function that begins the operation.",
  },
  ...EVENT_REFUSALS,
  "sleep-unresolved": {
    message:
      "A sleep, or a loop that spins on a variable, gives {{name}} time to complete, and cannot be turned into an await.",
    hint: "Start the operations unconditionally in the function that sleeps, and await them instead of spinning.",
  },
  "function-cannot-be-async": {
    message: "{{name}} would have to become async, but a constructor, accessor or generator cannot.",
    hint: "Move the operation into a method that can be awaited.",
  },
  "function-used-as-value": {
    message:
      "{{name}} would have to become async, but it is also passed on as a value to code that may need its result at once.",
    hint: "Call it from an async function instead of passing it on.",
  },
  "may-override": {
    message:
      "{{name}} would have to become async, but its class, or the type that is written for it, may ask for a fixed result.",
    hint: "Change the base class, interface or type first.",
  },
  "called-by-language": {
    message: "{{name}} would have to become async, but the language calls it itself, and awaits nothing that it gives.",
    hint: "Do the work in a method of another name, and await that.",
  },
  "callers-unknown": {
    message: "{{name}} would have to become async, but some calls of that name cannot be told from calls of it.",
    hint: "Type the receivers, or make the method private.",
  },
  "module-out-of-sight": {
    message:
      "{{name}} would have to change, but who calls it cannot be told: a module that exports it is passed on as a whole, or exports or loads something by a computed name, or other code is told its path.",
    hint: "Write out what is exported and which module is loaded, and pass on functions, not modules.",
  },
  "await-not-allowed": {
    message: "{{name}} would have to be awaited where the language allows no await.",
    hint: "Move the call into a function.",
  },
  "try-boundary": {
    message: "{{name}} stands inside a try whose handler would catch other errors than before.",
    hint: "Catch the callback's errors in the callback, or call it outside the try.",
  },
  "exported-pair": {
    message:
      "{{name}} belongs to a Begin/End pair, or to an event, that this file offers to others; converting it would change their contract.",
    hint: "Migrate with `facade`, which puts something awaitable beside what is offered, or convert the callers first.",
  },
  "no-awaitable-target": {
    message: "There is no awaitable form of {{name}} on this host that could be called instead.",
    hint: "Name the awaitable method in the setting `twins`, or choose the target `twin`.",
  },
  "nested-operations": {
    message:
      "{{name}} would have to be awaited inside the arguments or the receiver of another operation that is rewritten.",
    hint: "Put its result in a variable first.",
  },
  "handlers-several": {
    message: "It cannot be told which handler {{name}} calls when it is complete, or it calls more than one.",
    hint: "Add one handler to the completed event, once for all calls or in the function that starts the operation.",
  },
  "subscription-unsupported": {
    message:
      "The handler of {{name}} is added to its event too late, on some paths only, for one of several calls, with options, or as part of an expression.",
    hint: "Add the handler in a statement of its own before the operation is started.",
  },
  "handler-removed-elsewhere": {
    message:
      "Other code takes the handler of {{name}} off its event, so that the outcome of a pending operation is ignored from then on.",
    hint: "Cancel the operation instead, or remove the handler in the handler itself.",
  },
  "object-shared": {
    message:
      "The object of {{name}} can be reached by code out of sight, which may start the operation as well and count on the handler.",
    hint: "Create the object in this file and keep it in a private field or a variable that is not exported, or add the handler where the operation is started.",
  },
  "operations-overlap": {
    message:
      "Calls of {{name}} are pending side by side on one object, and no user state tells their completions apart.",
    hint: "Pass a user state of its own to each call, or create an object for each.",
  },
  "completion-args-escape": {
    message: "The handler of {{name}} passes the arguments of its event on, or asks them for more than an outcome.",
    hint: "Pass on the values that are needed instead.",
  },
  "outcome-unsupported": {
    message:
      "What the handler of {{name}} does cannot be divided into what follows an error, a cancellation and a result.",
    hint: "Ask for the error first, then for the cancellation, each in an `if` that returns or has an `else`; then use the result.",
  },
  "sender-unsupported": {
    message: "The handler of {{name}} uses its sender where the object that started the operation cannot be named.",
    hint: "Use the object's own name in the handler.",
  },
  "result-in-pattern": {
    message: "The result of {{name}} is taken out of the task by a pattern, where no await can stand.",
    hint: "Read `Result` as a member.",
  },
  "promise-kept": {
    message:
      "{{name}} waits and then gives a promise that its caller does not await at once; an await at the call would wait for both.",
    hint: "Await the promise where it is made, or let the caller do what comes before it.",
  },
  "exported-api": {
    message:
      "{{name}} would have to become async, but the project is a library that exports it, and its users would have to await it.",
    hint: "Migrate with `allowExports` (`--allow-exports`) when the users can follow.",
  },
  "would-not-compile": {
    message: "The project would not compile any more: {{name}}",
    hint: "Change the code that relies on the type first.",
  },
  "aggregate-exception": {
    message:
      "The handler around {{name}} does more with an AggregateException than take the error out of it, and an await throws none.",
    hint: "Handle the error itself, or await in a function of its own.",
  },
  ...CONTRACT_REFUSALS,
  ...CALLBACK_REFUSALS,
  "refused-together": {
    message: "This changes only together with {{name}}, which stays as it is.",
    hint: "See why the other one stays; or move the two into functions of their own.",
  },
  "check-failed": {
    message:
      "The migration of {{name}} was withdrawn, because its result did not pass the check that follows every migration.",
    hint: "Please report the code that led to this.",
  },
  "does-not-settle": {
    message:
      "The migration of {{name}} was withdrawn, because five rounds over the code were not enough: the last one still changed something.",
    hint: "Migrate with one `--transform` after the other or by hand, and please report the code that led to this.",
  },
} as const satisfies Readonly<Record<string, RefusalText>>;

export type RefusalCode = keyof typeof REFUSALS;

/** Fills `{{name}}` in; what does not print is escaped. */
export function fillIn(text: string, name: string): string {
  const shown = printable(name);
  // A function, as `$` means something in a text that replaces.
  return text.replaceAll("{{name}}", (_, offset: number) => (offset === 0 ? atStart(shown) : shown));
}

/** A name as a sentence begins with it: words in place of a name, as "the function with done", begin with a capital letter. */
export function atStart(name: string): string {
  return /^(?:an?|the) /.test(name) ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}
