import { alike, errorFirst, type AwaitedForm, type Dialect, type OperationForm } from "../dialect.ts";

function promised(...values: readonly string[]): OperationForm {
  const awaited: AwaitedForm = { kind: "sameCall", gives: values.length > 1 ? "members" : "value" };
  return {
    ...errorFirst(...values),
    awaited,
    returns: "nothing",
    isCallbackOptional: true,
    // With several there are some after an error as well.
    ...(values.length > 1 ? {} : { valuesAfterError: "undefined" }),
  };
}

/** `fs-extra`: each function gives a promise where it is given no callback. Source: its README, and its documentation of the functions. */
export const FS_EXTRA: Dialect = {
  name: "fs-extra",
  starts: [{ kind: "module", modules: ["fs-extra"] }],
  operations: new Map([
    ...alike(
      `access appendFile chmod chown close copyFile fchmod fchown fdatasync fsync ftruncate futimes lchown link mkdir rename rmdir
      symlink truncate unlink utimes writeFile`,
      promised(),
    ),
    ...alike(
      `copy createFile createLink createSymlink emptyDir emptydir ensureDir ensureFile ensureLink ensureSymlink mkdirp mkdirs move
      outputFile outputJSON outputJson remove writeJSON writeJson`,
      promised(),
    ),
    ...alike("fstat lstat stat", promised("stats")),
    ...alike("mkdtemp", promised("directory")),
    ...alike("open", promised("fd")),
    ...alike("pathExists", promised("exists")),
    ...alike("readFile", promised("data")),
    ...alike("readJSON readJson", promised("object")),
    ...alike("readdir", promised("files")),
    ...alike("readlink", promised("linkString")),
    ...alike("realpath", promised("resolvedPath")),
    ...alike("read", promised("bytesRead", "buffer")),
    ...alike("write", promised("bytesWritten", "buffer")),
  ]),
};
