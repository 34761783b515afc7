import { HOST_NAMES, TARGETS } from "./choices.ts";
import { FIRST_EXAMPLE, type Example } from "./examples.ts";
import { RULE_SETS, type Trial } from "./protocol.ts";

const DEFAULTS: Omit<Trial, "code" | "file"> = {
  rules: "recommended",
  target: "auto",
  host: "none",
  yieldInPolls: false,
  facade: false,
  assume: "",
  callbacks: "",
  entryPoints: "",
  twins: "",
  operationDecorators: "",
};

/** An example, with the options as they are by default. */
export function trialOf({ code, file }: Example): Trial {
  return { code, file, ...DEFAULTS };
}

/** A trial as a link holds it: what is as by default is left out. */
export function shortened(trial: Trial): Partial<Trial> {
  const entries = Object.entries(trial) as [keyof Trial, unknown][];
  const defaults: Partial<Trial> = DEFAULTS;
  return Object.fromEntries(entries.filter(([name, value]) => defaults[name] !== value));
}

/** A trial of whatever a link holds: what it lacks, and what no option takes, is as by default. `null` where it holds no code. */
export function completed(held: unknown): Trial | null {
  if (typeof held !== "object" || held === null) return null;
  const { code, file, ...options } = held as Partial<Record<keyof Trial, unknown>>;
  if (typeof code !== "string") return null;
  const trial: Record<string, unknown> = {
    ...DEFAULTS,
    code,
    file: typeof file === "string" ? file : FIRST_EXAMPLE.file,
  };
  for (const [name, value] of Object.entries(options))
    if (Object.hasOwn(DEFAULTS, name) && typeof value === typeof trial[name] && isAllowed(name, value))
      trial[name] = value;
  return trial as unknown as Trial;
}

const CHOICES: Readonly<Record<string, readonly unknown[]>> = { rules: RULE_SETS, target: TARGETS, host: HOST_NAMES };

function isAllowed(name: string, value: unknown): boolean {
  return !Object.hasOwn(CHOICES, name) || CHOICES[name]!.includes(value);
}
