import fc from "fast-check";
import type {
  AtOnce,
  Branch,
  Call,
  Chain,
  Group,
  Inline,
  Link,
  Loop,
  Note,
  Program,
  Return,
  Rounds,
  Statement,
  Stem,
  Switch,
  Try,
  Unit,
} from "./random-model.ts";

/** Arbitrary programs that begin, overlap, wait for and end operations in many ways; they never deadlock if nothing fails. */

const stem = fc.constantFrom<Stem>("Write", "Query", "Read");
/** The buffer has 8 bytes, so that a condition on its length holds or does not. */
const limit = fc.constantFrom(100, 1);
const rarely = (weight = 4): fc.Arbitrary<boolean> => fc.nat(weight).map((value) => value === weight);
const rareLimit = fc.constantFrom(null, null, null, null, null, null, 100, 1);

const note = fc.constant<Note>({ kind: "note" });
const atOnce: fc.Arbitrary<AtOnce> = fc.record({ kind: fc.constant("at once"), stem });
const call: fc.Arbitrary<Call> = fc.record({
  kind: fc.constant("call"),
  which: fc.nat(3),
  use: fc.constantFrom("statement", "traced", "condition", "constant"),
});
const way: fc.Arbitrary<Return> = fc.record({ kind: fc.constant("return"), above: limit });

const link: fc.Arbitrary<Link> = fc.record({
  stem,
  form: fc.constantFrom(
    "arrow",
    "function expression",
    "named",
    "delegate",
    "const",
    "delegate const",
    "forwarded",
    "bound",
    "forwarded to a method",
    "arrow field",
  ),
  state: fc.constantFrom("null", "text", "object", "channel"),
  stateRead: fc.constantFrom("first", "last", "destructured"),
  isNoted: rarely(),
  end: fc.constantFrom("direct", "const", "helper"),
  // Most callbacks catch, so that most programs go on when an operation fails, and may stand in a `try`.
  guard: fc.constantFrom("catch", "catch", "none", "catch and finally", "finally"),
  leavesAbove: rareLimit,
  next: fc.constantFrom("inside", "after", "in a branch"),
  set: fc.constantFrom("at the end", "at the end", "at the end", "in the finally", "in the finally", "in the try"),
  isNotedAfterSet: rarely(9),
});

const rounds: fc.Arbitrary<Rounds> = fc.record({
  kind: fc.constant("rounds"),
  stem,
  form: fc.constantFrom("named", "delegate", "const", "bound", "forwarded to a method"),
  event: fc.constantFrom("none", "shared", "local"),
  rounds: fc.integer({ min: 1, max: 3 }),
  isGuarded: rarely(9).map((isBare) => !isBare),
  returnsFirst: fc.boolean(),
  isOverlapped: rarely(9),
});

type Nested = Readonly<{ statement: Statement; few: readonly Statement[]; many: readonly Statement[] }>;

const { many } = fc.letrec<Nested>((tie) => {
  const few = tie("few");
  const optional = fc.oneof(fc.constant(null), few);
  const inline: fc.Arbitrary<Inline> = fc.record({
    kind: fc.constant("inline"),
    stem,
    isDeclaredFirst: rarely(),
    between: few,
    wait: fc.constantFrom("none", "wait", "poll", "time-out", "time span"),
    patience: fc.integer({ min: 1, max: 9 }),
    returnsAbove: rareLimit,
    isGuarded: rarely(2),
  });
  const group: fc.Arbitrary<Group> = fc.record({
    kind: fc.constant("group"),
    stems: fc.array(stem, { minLength: 2, maxLength: 3 }),
    wait: fc.constantFrom("all", "any"),
    patience: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 9 })),
    hasList: fc.boolean(),
    between: few,
    isGuarded: rarely(2),
  });
  const chain: fc.Arbitrary<Chain> = fc.record({
    kind: fc.constant("chain"),
    links: fc.oneof(
      { weight: 3, arbitrary: fc.array(link, { minLength: 1, maxLength: 1 }) },
      { weight: 2, arbitrary: fc.array(link, { minLength: 1, maxLength: 3, size: "max" }) },
    ),
    event: fc.constantFrom("none", "local", "shared", "handle"),
    isAuto: fc.boolean(),
    isReset: rarely(3),
    hasStarter: rarely(2),
    isTwice: rarely(),
    between: few,
  });
  const branch: fc.Arbitrary<Branch> = fc.record({ kind: fc.constant("if"), above: limit, then: few, otherwise: few });
  const choice: fc.Arbitrary<Switch> = fc.record({
    kind: fc.constant("switch"),
    value: fc.constantFrom(1, 8),
    then: few,
    otherwise: few,
  });
  const loop: fc.Arbitrary<Loop> = fc.record({
    kind: fc.constant("loop"),
    style: fc.constantFrom("for", "while", "do", "for of", "for each"),
    body: few,
    exit: fc.constantFrom("none", "none", "break", "continue"),
  });
  const attempt: fc.Arbitrary<Try> = fc.record({
    kind: fc.constant("try"),
    body: few,
    handler: optional,
    last: optional,
  });
  return {
    statement: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 2, arbitrary: note },
      { weight: 1, arbitrary: atOnce },
      { weight: 2, arbitrary: call },
      { weight: 1, arbitrary: rounds },
      { weight: 3, arbitrary: inline },
      { weight: 1, arbitrary: group },
      { weight: 5, arbitrary: chain },
      { weight: 1, arbitrary: branch },
      { weight: 1, arbitrary: choice },
      { weight: 1, arbitrary: loop },
      { weight: 2, arbitrary: attempt },
    ),
    few: fc.array(tie("statement"), { maxLength: 2 }),
    many: fc.array(fc.oneof({ weight: 12, arbitrary: tie("statement") }, { weight: 1, arbitrary: way }), {
      minLength: 1,
      maxLength: 2,
      size: "max",
    }),
  };
});

const unit: fc.Arbitrary<Unit> = fc.record({
  form: fc.constantFrom("function", "const", "method", "static"),
  body: many,
  returnsText: fc.boolean(),
});

export const arbitraryProgram: fc.Arbitrary<Program> = fc.record({
  units: fc.array(unit, { maxLength: 3, size: "max" }),
  top: fc
    .array(call, { maxLength: 1 })
    .chain((calls) => (calls.length === 0 ? fc.constant<readonly Statement[]>([]) : many)),
  delays: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 }),
});
