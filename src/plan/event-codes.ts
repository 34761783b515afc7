import type { RefusalText } from "./refusal-text.ts";

/** Why an event between a callback and what waits for it, a `ManualResetEvent` or an `AutoResetEvent`, cannot become one await. */
export const EVENT_REFUSALS = {
  "event-used-elsewhere": {
    message:
      "The event {{name}} is set from the start, or other code than the callback and what waits for its operation sets it, waits for it or passes it on.",
    hint: "Use one event for each operation, set it in the callback and nowhere else, and wait for it where the operation is started.",
  },
  "event-not-counted": {
    message:
      "The event {{name}} counts its signals, and it is not sure that the last of the operations sets it: its count is not theirs, a callback does not signal once as the last thing that it does on each path, or other code uses the event.",
    hint: "Count as many signals as operations are started side by side, signal once at the end of each callback, and wait behind the starts in a statement of its own.",
  },
  "event-wait-with-time-out": {
    message: "A wait for the event {{name}} has a time-out, or what the wait or a Set gives is used.",
    hint: "Wait for the event without a time-out, in a statement of its own, or put the time-out into the operation.",
  },
  "event-not-followed": {
    message: "The callback calls {{name}}, and it cannot be told which event that is, or who waits for it.",
    hint: "Keep the event in a variable, or in a private field, of the file that waits for it.",
  },
  "event-for-several": {
    message:
      "Several waits, or several operations of one callback, have the event {{name}}, and it cannot be told that each wait is for all of them.",
    hint: "Use one event for each operation; or let each callback count once, as the last thing it does, to the number of operations that are started.",
  },
  "event-set-too-early": {
    message: "A callback sets the event {{name}} before it starts another operation, whose callback sets it as well.",
    hint: "Set the event in the last callback only.",
  },
  "event-stays-set": {
    message:
      "The event {{name}} is waited for in a loop and stays set, so that later rounds do not wait for their operations.",
    hint: "Use an AutoResetEvent, or reset the event before each operation is started.",
  },
  "wait-not-after-start": {
    message:
      "The wait for {{name}} does not follow the start of the operation on every path: in the function that starts it, or in the one caller of that.",
    hint: "Wait right behind the start, in the same function or in the function that calls it.",
  },
  "wait-out-of-scope": {
    message: "{{name}} is started in a block, and waited for behind it, where no variable of the block can be seen.",
    hint: "Wait in the block in which the operation is started.",
  },
  "wait-needs-place": {
    message:
      "What waits for {{name}} would have to wait for the code of a callback that cannot follow an await where its operation is started.",
    hint: "Start the operation as the last act of its function, with a callback of its own.",
  },
} as const satisfies Readonly<Record<string, RefusalText>>;
