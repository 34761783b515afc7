/** Work that asks for the result of other such work by a `yield`, and is resumed with it. */
export type Step<Result> = Generator<Step<Result>, Result, Result>;

/** Does recursive work, however deep, without the stack of the engine. @throws what a step throws; those that wait for it are left as they are. */
export function run<Result>(first: Step<Result>): Result {
  const waiting: Step<Result>[] = [];
  let step = first;
  let turn = step.next();
  for (;;) {
    if (turn.done !== true) {
      waiting.push(step);
      step = turn.value;
      turn = step.next();
      continue;
    }
    const after = waiting.pop();
    if (after === undefined) return turn.value;
    step = after;
    turn = step.next(turn.value);
  }
}
