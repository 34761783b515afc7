/** How Begin/End pairs are spelled: in pascal case, or in camel case. What is no Begin, or no End, stays as it is. */

/** `BeginRead` → `EndRead`, `beginRead` → `endRead`. */
export function endNameOf(begin: string): string {
  return begin.replace(/^Begin/, "End").replace(/^begin/, "end");
}

/** `EndRead` → `BeginRead`, `endRead` → `beginRead`. */
export function beginNameOf(end: string): string {
  return end.replace(/^End/, "Begin").replace(/^end/, "begin");
}

/** `BeginRead` → `Read`, `beginRead` → `read`. */
export function plainNameOf(begin: string): string {
  return begin.replace(/^Begin/, "").replace(/^begin(.)/, (_, letter: string) => letter.toLowerCase());
}

/** The names that the End of an operation may have. */
export function endNames(stem: string): readonly string[] {
  return [`End${stem}`, `end${stem}`];
}
