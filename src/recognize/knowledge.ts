/** The answer to every question about code: "cannot tell" never reports and never edits. */
export type Knowledge = "yes" | "no" | "unknown";
