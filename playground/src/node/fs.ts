/** `node:fs` where there is no file system: nothing is there, and nothing can be read. */

export const constants = { O_RDONLY: 0 };

export function existsSync(): boolean {
  return false;
}

/** Gives `undefined`, as with `throwIfNoEntry: false`. */
export function statSync(): undefined {
  return undefined;
}

function none(): never {
  throw new Error("There is no file system here.");
}

export {
  none as closeSync,
  none as fstatSync,
  none as lstatSync,
  none as openSync,
  none as readFileSync,
  none as readSync,
  none as realpathSync,
};

export default { constants, existsSync, statSync };
