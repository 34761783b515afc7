/** How Begin/End pairs are spelled: in pascal case, or in camel case. What is no Begin, or no End, stays as it is. */

/** Names of the two at the start of a word of a text. */
const BEGIN_IN_TEXT = /(?<![\w$])(?:Begin|begin)([A-Z_$][\w$]*)/g;
const EITHER_IN_TEXT = /(?<![\w$])(?:[Bb]egin|[Ee]nd)([A-Z_$][\w$]*)/g;

/** The stems of the Begins that a text names. */
export function beginStemsIn(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(BEGIN_IN_TEXT), ([, stem]) => stem!));
}

/** The stems of the Begins and the Ends that a text names. */
export function pairStemsIn(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(EITHER_IN_TEXT), ([, stem]) => stem!));
}

/** `BeginRead` → `Read`, `EndRead` → `Read`, `beginRead` → `Read`. */
export function withoutPairWord(name: string): string {
  return name.replace(/^(?:[Bb]egin|[Ee]nd)(?=[A-Z])/, "");
}

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

/** The End of another operation, in the casing of one: `EndRead`, `Write` → `EndWrite`. */
export function endWithStem(end: string, stem: string): string {
  return end.slice(0, "End".length) + stem;
}

/** The names that the End of an operation may have. */
export function endNames(stem: string): readonly string[] {
  return [`End${stem}`, `end${stem}`];
}
