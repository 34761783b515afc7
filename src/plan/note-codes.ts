export const NOTES = {
  "begin-errors-now-caught":
    "Errors that {{name}} threw when it was called are now caught by the same handler as errors of its outcome.",
  "exceptions-now-surface":
    "Nothing asked for an error of {{name}} before, so errors were lost; now they surface where the operation is awaited.",
  "cancellation-now-caught":
    "Nothing asked whether {{name}} was cancelled; a cancellation now goes the way of an error.",
  "error-now-itself":
    "The result of {{name}} was read without asking for the error, and reading it threw another error around that one; now the error comes as itself.",
  "aggregate-now-unwrapped":
    "Blocking on {{name}} threw an AggregateException around the error; the handler now gets the error itself.",
  "first-error-only":
    "{{name}} waited until all tasks were complete, failed or not, and threw all errors; the await goes on with the first error.",
  "handler-now-removed":
    "What was added for one call of {{name}}, its handler or a listener that cancels it, stayed for every later call as well; now each call has its own only.",
  "callback-not-awaited": "Nothing waited for {{name}} before and nothing does now; the operation goes on by itself.",
  "export-now-async":
    "{{name}} is exported and now returns a promise; callers that are out of sight, in other files or packages, must await it.",
  "handler-now-async":
    "{{name}} is called by an event or timer, which does not wait for the promise that it now returns.",
  "starts-without-wait":
    "A sleep in place of a wait is gone: the code after it runs as soon as the operations are complete, and their errors surface there.",
  "waits-for-none":
    "Where the loop starts no {{name}} at all, what was to follow them never came; now it comes at once.",
  "later-errors-dropped":
    "Each call of {{name}} that failed called the callback; now the first error is told, and those of other calls reach nobody.",
  "never-completes-at-once":
    "{{name}} could complete before it returned, and a promise never does: the branch for that case is gone, and the callback's code runs for every outcome.",
  "poll-loop-yields":
    "The loop that polls {{name}} now lets other code run once a round, and does its work as long as the operation is not complete.",
  "facade-cannot-block":
    "The pair now stands on {{name}}: its callback runs and its End gives the outcome when that is complete, but nobody can wait for it by blocking.",
  "events-now-private":
    "Only the class itself can use {{name}} and its event now; who had them awaits the method instead.",
  "cancelled-by-signal":
    "A signal cancels {{name}} now: one that is aborted already keeps it from starting, and once it is over nothing is cancelled any more.",
  "end-work-now-later":
    "What the End of {{name}} does before it takes the outcome now comes after completion for every caller, also for one that blocked in the End.",
  "pair-wrapped":
    "{{name}} has a handle of its own, which stays inside of the awaitable method: a promise that the callback settles.",
  "for-each-now-loop":
    "A forEach is a loop now, which also goes through what is added to the array while {{name}} waits.",
  "rounds-now-overlap":
    "The calls of {{name}} for a Promise.all ran one after another, as each of them waited; now they overlap.",
  "module-now-waits":
    "The file now waits for {{name}} before it is done, and so do the modules that import it; what it did while that was pending comes first.",
  "modules-now-reordered":
    "The module awaits {{name}} at its top level now: a module that is imported after it may run before it is done.",
  "cancellation-by-name":
    "The handler asked whether {{name}} was cancelled; now the error is asked whether its name is `AbortError`, and a twin that rejects with another error goes the way of an error.",
  "throw-now-rejects":
    "An error of {{name}} was thrown where nobody could catch it; now it rejects the promise of the function around, which nobody awaits either.",
  "throw-now-told":
    "An error that a callback in {{name}} threw reached nobody and ended the program; now the callers of {{name}} get it as they get its other errors.",
  "left-running":
    "Nothing waits for {{name}}: the host waited until it was over, and now takes the answer of the async function and cuts off what still runs.",
  "mocked-elsewhere":
    "Tests put a function of their own in the place of {{name}} and call its callback; what is awaited now is another function, or is given no callback.",
  "empty-now-later":
    "With nothing to go through, {{name}} called its callback before it returned; now that always comes later, behind what its callers do.",
  "callbacks-now-later":
    "Where a function that {{name}} calls calls back before it returns, what follows now comes later: behind all that is started with it, and what the callers do.",
  "answers-taken-as-one":
    "A function that {{name}} calls is not in sight, and is taken to call back with one value: of several the library made a list.",
  "members-now-ordered":
    "The members of the object that {{name}} gives now come in the order in which its tasks are written; they came in the order in which those were done.",
  "update-across-await":
    "{{name}} is read before the await and assigned behind it: what other code gives it meanwhile is lost.",
  "adapter-emitted":
    "No awaitable form of {{name}} is known that does as much, so it is wrapped in a promise over the calls that there are.",
} as const satisfies Readonly<Record<string, string>>;

export type NoteCode = keyof typeof NOTES;
