import { EXIT, type ExitCode } from "../exit-code.ts";
import type { FileOutcome } from "./outcome.ts";
import { countRefusals } from "./summary.ts";

/** How a run ends with these outcomes. */
export function exitCodeOf(outcomes: readonly FileOutcome[], failOnRefusal: boolean): ExitCode {
  if (outcomes.some(({ outcome }) => outcome.status === "error")) return EXIT.failed;
  return failOnRefusal && countRefusals(outcomes) > 0 ? EXIT.findings : EXIT.clean;
}
