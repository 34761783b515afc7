// Analysing takes some 1,000 bytes for each character of dense code. Where that is more than there is, a thread can be done without.
const LARGE = 500_000;

/** Whether a text is so large that analysing it may exhaust the memory, so that it is not to be done on the main thread. */
export function isLarge(text: string): boolean {
  return text.length > LARGE;
}
