import type { RefusalText } from "./refusal-text.ts";

/** Why an operation that a dialect describes keeps its callback. */
export const CALLBACK_REFUSALS = {
  "code-follows": {
    message: "{{name}} is not the last thing that happens: what stands behind it runs before its callback does.",
    hint: "Move what follows before the call, or into a function of its own.",
  },
  "call-in-loop": {
    message: "{{name}} is started in a loop, whose rounds do not wait for it: its calls are pending side by side.",
    hint: "Collect promises of the calls and await `Promise.all`, or await each one if the rounds may follow one another.",
  },
  "count-not-sure": {
    message:
      "The callbacks of {{name}} count down to what follows the last of them, and it is not sure that each counts once, or that it can follow an await.",
    hint: "Count once at the end of each callback, tell an error instead, and use nothing of a callback in what follows the last one.",
  },
  "recursion-kept": {
    message:
      "{{name}} calls itself when what it has started is done, and the callback of the function around is told in it; a loop in its place is not sure to do the same.",
    hint: "Write a loop with an `await`, or give the function a callback of its own.",
  },
  "callback-passed-on": {
    message: "The callback of {{name}} is a parameter: it is the caller of the function around who is called back.",
    hint: "Let that function return a promise instead of taking a callback first.",
  },
  "callback-not-known": {
    message: "What is given to {{name}} as a callback is computed, so what it does cannot be told.",
    hint: "Write the function in place, or declare it in this file and give it by its name.",
  },
  "callback-shared": {
    message: "The callback of {{name}} is a function that other code uses as well, or that calls itself.",
    hint: "Give the call a function of its own.",
  },
  "callback-not-plain": {
    message:
      "The callback of {{name}} is a generator, has a directive, or uses `this`, `arguments` or their like, which are its own.",
    hint: "Write an arrow function, and name its parameters.",
  },
  "version-not-known": {
    message:
      "{{name}} gives a promise from a version of its package on, and that version is not installed, or cannot be told.",
    hint: "Install the package, or say its version with `--assume PACKAGE@VERSION`.",
  },
  "no-awaitable-form": {
    message:
      "What {{name}} gives to await is not what it gives to its callback, or the installed version has it under another name.",
    hint: "Read in the guide to the new version of the package what is there, and await it by hand.",
  },
  "return-value-used": {
    message: "What {{name}} returns beside calling back is used.",
    hint: "Start the operation in a statement of its own.",
  },
  "result-not-given": {
    message:
      "The awaitable form of {{name}} does not give all that its callback takes, or gives it in a way that depends on the options.",
    hint: "Await the call by hand, with what its documentation says it gives.",
  },
  "error-not-divided": {
    message:
      "What the callback of {{name}} does cannot be divided into what follows an error and what follows a success.",
    hint: "Ask for the error in the first statement, in an `if` that returns or throws, and not once more behind that.",
  },
  "error-ignored": {
    message: "The callback of {{name}} uses its values and never looks at its error, after which there are none.",
    hint: "Ask for the error in the first statement of the callback.",
  },
  "result-after-error": {
    message: "The callback of {{name}} reads a value after an error, which an await does not give.",
    hint: "Read it from the error, if that has it, or do without.",
  },
  "outcome-passed-on": {
    message: "What {{name}} tells of its outcome is used as a whole, or in a way of which an await gives nothing.",
    hint: "Read from it what is needed where it is told, and pass that on.",
  },
  "error-read-later": {
    message:
      "A function inside the callback of {{name}} reads its error from a place that tells it only as long as the callback runs.",
    hint: "Keep the error in a constant at the start of the callback.",
  },
  "called-in-any-case": {
    message:
      "{{name}} is given a function that is called after a success and after a failure, beside those for either.",
    hint: "Call it at the end of the functions for a success and for a failure.",
  },
  "state-not-known": {
    message: "The state that {{name}} is given to take along cannot be told at the place where it comes back.",
    hint: "Give the call a constant, or use the variable itself instead of the state.",
  },
  "descriptor-given": {
    message: "{{name}} is given a file descriptor, which its awaitable form does not take.",
    hint: "Open the file with `fs.promises.open` and call the method of the handle.",
  },
  "may-be-stopped": {
    message: "The file stops such operations: the callback of {{name}} is not called then, but an await would throw.",
    hint: "Await the call by hand, and catch what it throws when it is stopped.",
  },
  "completion-parameter": {
    message: "{{name}} takes a callback, and that would stay: its declaration, or how it is called, cannot change.",
    hint: "Make the function async, return the answer and throw the error, and take the callback out of its parameters.",
  },
  "completion-passed-on": {
    message:
      "The callback of {{name}} is passed on or stored, or called in another function, so who calls it, and when, cannot be told.",
    hint: "Await what calls it back, and return the answer.",
  },
  "completion-not-last": {
    message:
      "More is done or caught behind the call by which {{name}} says that it is done, or the call is part of an expression.",
    hint: "Call the callback last, or return behind it.",
  },
  "completion-unclear": {
    message: "What {{name}} answers cannot be told from what its callback is given, or what it returns.",
    hint: "Call the callback with an error alone, or with null and an answer, and return no other value.",
  },
  "completion-exported": {
    message: "{{name}} is exported, and who calls it elsewhere gives it a callback.",
    hint: "Migrate the whole project with `--project`, for a library with `--allow-exports`, or let it return a promise by hand.",
  },
  "completion-kept": {
    message:
      "{{name}} tells its caller by a callback what came of this, and keeps that: async as well, it would do both.",
    hint: "Give the callback an error or null first, and an answer behind it, or let the function return a promise by hand.",
  },
  "completion-not-called": {
    message: "No call of {{name}} is in sight, so what it is given for its callback, and by whom, cannot be told.",
    hint: "Take the function out if nothing calls it, or let it return a promise by hand.",
  },
  "completion-not-given": {
    message:
      "{{name}} is called here without the callback that it calls, or with more or fewer arguments than it declares.",
    hint: "Give every call a callback as its last argument.",
  },
  "completion-optional": {
    message:
      "{{name}} asks whether it is given a callback, and what it does without one would be lost, or done for other calls.",
    hint: "Ask for the callback only where it is called, or first thing in the function.",
  },
  "completion-not-told": {
    message:
      "On some path {{name}} does not call its callback at all, so who waits for that waits in vain; a promise would be fulfilled there.",
    hint: "Call the callback, or throw, on every path.",
  },
  "completion-at-once": {
    message:
      "{{name}} may call its callback before it returns, and what a caller does behind the call would run before that.",
    hint: "Let nothing follow the call, or call the callback later, by `process.nextTick` for example.",
  },
  "callers-would-wait": {
    message:
      "{{name}} is started in an async function, whose callers go on before the callback is called; they would wait for it.",
    hint: "Await the call by hand if they should wait.",
  },
  "throws-at-once": {
    message:
      "{{name}}, or the function that starts it, throws errors to its callers at once; as an async function it would reject later.",
    hint: "Do in a function of its own what is done before the call.",
  },
  "tasks-not-known": {
    message:
      "What {{name}} is to call is not all written in its place, or nothing in the file says whether it takes a callback or is an async function.",
    hint: "Write the list of functions in place, and each function there or in the file.",
  },
  "list-not-known": {
    message:
      "What {{name}} goes through is not known to be an array, or for one with keys an object that is written in place.",
    hint: "Give it an array that the file makes, or say by a type that it is one.",
  },
  "answers-not-taken": {
    message:
      "What a function that {{name}} calls answers is not in all cases what the next one, or the callback, takes.",
    hint: "Answer with the same number of values on every path.",
  },
  "calls-limited": {
    message: "{{name}} keeps no more than some calls pending, and starts the next one whenever one is done.",
    hint: "Await one part of the list after the other if that may take longer, or use a package that limits promises.",
  },
  "first-answer-wins": {
    message:
      "{{name}} goes on with the first answer of its kind, and takes no notice of what the other calls tell after it.",
    hint: "Use the function of the same name that calls one after the other, or write the promise and its type by hand.",
  },
  "control-flow-kept": {
    message: "{{name}} keeps work for later, repeats it, or orders it by itself, and no statements take its place.",
    hint: "Keep the library for it, which takes async functions from its version 2.3 on, or write a loop with `await` by hand.",
  },
  "names-collide": {
    message: "The callback of {{name}} declares or uses names that mean something else where it is started.",
    hint: "Rename them.",
  },
  "global-hidden": {
    message: "The migration of {{name}} needs a global whose name the file gives to something of its own.",
    hint: "Rename what the file declares as `Promise` or `AbortController`.",
  },
  "no-import-place": {
    message:
      "What the awaitable form of {{name}} needs has to be imported, and the file imports its module inside an expression only.",
    hint: "Import the module, or require it in a declaration at the top of the file.",
  },
} as const satisfies Readonly<Record<string, RefusalText>>;
