const NAME = /[.-]min\.[cm]?js$/i;
const JAVASCRIPT = /\.[cm]?jsx?$/;
/** Characters of a line that nobody writes by hand. */
const LONG = 2_000;
/** How much of a minified text stands in such lines. */
const LONG_PART = 0.5;

/** Whether a file is called as minified JavaScript is: `a.min.js`. */
export function isMinifiedName(file: string): boolean {
  return NAME.test(file);
}

/** Whether JavaScript looks minified: most of it stands in lines of thousands of characters. */
export function isMinifiedText(file: string, text: string): boolean {
  if (!JAVASCRIPT.test(file) || text.length < LONG) return false;
  const long = text.split("\n").reduce((sum, { length }) => (length >= LONG ? sum + length : sum), 0);
  return long >= text.length * LONG_PART;
}
