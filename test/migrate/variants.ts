import type { EventStep, Script } from "../../fixtures/runtime/index.ts";

/** How the operations of a scripted program go, instead of as it says itself. */
export const VARIANTS = {
  "as written": (step) => step,
  "in reverse": (step, call) => ({ ...step, delay: 20 - 2 * call }),
  "first fails": (step, call) => (call === 0 ? { ...step, error: "first failed" } : step),
  "second fails": (step, call) => (call === 1 ? { ...step, error: "second failed" } : step),
  "all fail": (step, call) => ({ ...step, error: `call ${call} failed` }),
  "all fail in reverse": (step, call) => ({ ...step, error: `call ${call} failed`, delay: 20 - 2 * call }),
  "at once": (step) => ({ ...step, completesSynchronously: true }),
  "first refused": (step, call) => (call === 0 ? { ...step, beginThrows: "first refused" } : step),
  "first cancelled": (step, call) => (call === 0 ? { ...step, isCancelled: true } : step),
  "all cancelled": (step) => ({ ...step, isCancelled: true }),
} as const satisfies Readonly<Record<string, (step: EventStep<unknown>, call: number) => EventStep<unknown>>>;

export type Variant = keyof typeof VARIANTS;

/** The ways in which only an operation with a completed event can go. */
const EVENT_VARIANTS: ReadonlySet<string> = new Set<Variant>(["first cancelled", "all cancelled"]);

/** The variants in which the operations of a program may go. */
export function variantsOf(text: string): readonly Variant[] {
  const names = Object.keys(VARIANTS) as Variant[];
  return /new ScriptedEvents/u.test(text) ? names : names.filter((name) => !EVENT_VARIANTS.has(name));
}

const SCRIPT = /(?<=new Scripted(?:Channel|Events|EventsWithTwins)\()\{.*\}(?=\))/gu;

/** Whether a text is a program whose operations go as a script in it says. */
export function isScripted(text: string): boolean {
  return text.search(SCRIPT) !== -1;
}

/** Rewrites the scripts of a program; each stands on one line and is made of literals. */
export function withVariant(text: string, variant: Variant): string {
  return text.replaceAll(SCRIPT, (literal) => {
    const script = new Function(`return (${literal});`)() as Script;
    const steps = Object.entries(script).map(([stem, calls]) => [
      stem,
      (calls as readonly EventStep<unknown>[]).map((step, call) => VARIANTS[variant](step, call)),
    ]);
    return JSON.stringify(Object.fromEntries(steps));
  });
}
