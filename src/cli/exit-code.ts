/** The exit codes of every command. */
export const EXIT = {
  clean: 0,
  /** `check`: findings. `migrate --fail-on-refusal`: a refusal. */
  findings: 1,
  /** The command could not run, or a file could not be read, parsed or written. */
  failed: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
