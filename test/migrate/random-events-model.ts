import fc from "fast-check";
import type { Target } from "../../src/plan/types.ts";

/** A program of event-based operations as data; smaller data is a smaller program. */
export interface EventProgram {
  readonly flows: readonly Flow[];
  /** Ticks that the operations take, over and over again. */
  readonly delays: readonly number[];
}

export type EventStem = "Load" | "Save" | "Query";

export type HandlerForm =
  | "arrow"
  | "function expression"
  | "named"
  | "delegate"
  | "const"
  | "bound"
  | "forwarded"
  | "forwarded arguments"
  | "arrow field";

export type Asking = "early" | "cancelled first" | "else" | "nested" | "either" | "error only" | "rethrow" | "nothing";

/** One handler of a chain. */
export interface EventLink {
  readonly stem: EventStem;
  readonly form: HandlerForm;
  readonly asking: Asking;
  readonly use: "none" | "direct" | "const" | "twice" | "closure" | "checked" | "destructured";
  readonly isNotedFirst: boolean;
  readonly isNotedLast: boolean;
  readonly removesItself: boolean;
  readonly usesSender: boolean;
  readonly isGuarded: boolean;
}

/** A function that starts operations of an object, each in the handler of the one before. */
export interface Flow {
  readonly unit: "function" | "const" | "method" | "async";
  readonly object: "shared" | "fresh" | "field";
  /** Adds the first handler in the constructor, or at the top level. */
  readonly isAddedOnce: boolean;
  readonly links: readonly EventLink[];
  readonly wait: "none" | "local" | "shared";
  readonly setInFinally: boolean;
  readonly state: "none" | "guard" | "carried" | "guard and carried";
  /** Calls that overlap where there is a state, else one after the other. */
  readonly times: number;
  readonly hasProgress: boolean;
  readonly cancelsAfter: number | null;
  readonly notesAfter: boolean;
  readonly notesAfterWait: boolean;
  readonly isInTry: boolean;
}

const rarely = (weight = 4): fc.Arbitrary<boolean> => fc.nat(weight).map((value) => value === weight);

function link(stems: readonly EventStem[]): fc.Arbitrary<EventLink> {
  return fc.record({
    stem: fc.constantFrom(...stems),
    form: fc.constantFrom<HandlerForm>(
      "arrow",
      "arrow",
      "function expression",
      "named",
      "delegate",
      "const",
      "bound",
      "forwarded",
      "forwarded arguments",
      "arrow field",
    ),
    asking: fc.constantFrom<Asking>(
      "early",
      "cancelled first",
      "else",
      "nested",
      "either",
      "error only",
      "error only",
      "rethrow",
      "nothing",
    ),
    use: fc.constantFrom("direct", "none", "const", "twice", "closure", "checked", "destructured"),
    isNotedFirst: rarely(),
    isNotedLast: rarely(2),
    removesItself: rarely(3),
    usesSender: rarely(6),
    isGuarded: rarely(6),
  });
}

function flow(stems: readonly EventStem[]): fc.Arbitrary<Flow> {
  return fc.record({
    unit: fc.constantFrom("function", "const", "method", "async"),
    object: fc.constantFrom("shared", "fresh", "field"),
    isAddedOnce: rarely(3),
    links: fc.oneof(
      { weight: 3, arbitrary: fc.array(link(stems), { minLength: 1, maxLength: 1 }) },
      { weight: 2, arbitrary: fc.array(link(stems), { minLength: 1, maxLength: 3, size: "max" }) },
    ),
    wait: fc.constantFrom("none", "none", "local", "shared"),
    setInFinally: fc.boolean(),
    state: fc.constantFrom("none", "none", "guard", "carried", "guard and carried"),
    times: fc.integer({ min: 1, max: 2 }),
    hasProgress: rarely(),
    cancelsAfter: fc.constantFrom(null, null, null, 1, 3),
    notesAfter: fc.boolean(),
    notesAfterWait: rarely(1),
    isInTry: rarely(9),
  });
}

/** Arbitrary programs for one target: a twin gives one value, and asks for no cancellation as an adapter does. */
export function arbitraryEvents(target: Target): fc.Arbitrary<EventProgram> {
  const stems: readonly EventStem[] = target === "twin" ? ["Load", "Save"] : ["Load", "Save", "Query"];
  return fc.record({
    flows: fc.array(flow(stems), { minLength: 1, maxLength: 3 }),
    delays: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 }),
  });
}
