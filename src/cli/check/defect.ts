/** What is said of a file on which a rule, or ESLint, has failed. */
export function defectOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `made tapify fail, which is a defect of tapify: ${text}`;
}
