import type { Script, Step } from "../../fixtures/runtime/index.ts";

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
} as const satisfies Readonly<Record<string, (step: Step<unknown>, call: number) => Step<unknown>>>;

export type Variant = keyof typeof VARIANTS;

export const VARIANT_NAMES = Object.keys(VARIANTS) as readonly Variant[];

const SCRIPT = /(?<=new Scripted(?:Channel|Events|EventsWithTwins)\()\{.*\}(?=\))/gu;

/** Whether a text is a program whose operations go as a script in it says. */
export function isScripted(text: string): boolean {
  return text.search(SCRIPT) !== -1;
}

/** Rewrites the scripts of a program; each stands on one line and is made of literals. */
export function withVariant(text: string, variant: Variant): string {
  return text.replaceAll(SCRIPT, (literal) => {
    const script = new Function(`return (${literal});`)() as Script;
    const steps = Object.entries(script).map(([stem, calls]) => [stem, (calls as readonly Step<unknown>[]).map((step, call) => VARIANTS[variant](step, call))]);
    return JSON.stringify(Object.fromEntries(steps));
  });
}
