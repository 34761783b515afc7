/** What is imported of other modules of Node.js for the sake of files, of which there are none here: it is never called. */

export const devNull = "/dev/null";
export const constants = { MAX_STRING_LENGTH: 2 ** 29 - 24 };

export function setTimeout(): never {
  throw new Error("This is not Node.js.");
}

export function createHash(): never {
  throw new Error("This is not Node.js.");
}

export default {};
