import { alike, errorFirst, type AwaitedForm, type Dialect, type OperationForm } from "../dialect.ts";

const PROMISES: AwaitedForm = { kind: "member", of: "promises", gives: "value" };

function promised(...values: readonly string[]): OperationForm {
  return { ...errorFirst(...values), awaited: PROMISES, returns: "nothing", valuesAfterError: "undefined" };
}

/** What has no form in `fs.promises` that takes and gives the same. */
function promisified(...values: readonly string[]): OperationForm {
  const gives = values.length > 1 ? "members" : "value";
  return { ...errorFirst(...values), awaited: { kind: "promisify", gives }, returns: "nothing" };
}

/** `fs` with callbacks. Source: the Node.js 20 reference, "Callback API" and "Promises API" of the file system. */
export const NODE_FS: Dialect = {
  name: "Node.js file system",
  starts: [{ kind: "module", modules: ["fs"] }],
  operations: new Map([
    ...alike(
      "access chmod chown copyFile cp lchown link lutimes mkdir rename rm rmdir symlink truncate unlink utimes",
      promised(),
    ),
    ...alike("lstat stat statfs", promised("stats")),
    ...alike("mkdtemp", promised("directory")),
    ...alike("opendir", promised("dir")),
    ...alike("readdir", promised("files")),
    ...alike("readlink", promised("linkString")),
    ...alike("realpath", promised("resolvedPath")),
    ...alike("appendFile writeFile", { ...promised(), takesDescriptor: true }),
    ...alike("readFile", { ...promised("data"), takesDescriptor: true }),
    // The promised form gives an object, where the callback is given a number.
    ...alike("open", { ...promisified("fd"), valuesAfterError: "undefined" }),
    ...alike("close fchmod fchown fdatasync fsync ftruncate futimes", promisified()),
    ...alike("fstat", { ...promisified("stats"), valuesAfterError: "undefined" }),
    ...alike("read", promisified("bytesRead", "buffer")),
    ...alike("readv", promisified("bytesRead", "buffers")),
    ...alike("write", promisified("bytesWritten", "buffer")),
    ...alike("writev", promisified("bytesWritten", "buffer")),
    [
      "exists",
      {
        delivery: { kind: "callback" },
        outcome: [{ role: "value", name: "exists", at: [{ in: "parameter", index: 0 }] }],
        awaited: { kind: "promisify", gives: "value" },
        returns: "nothing",
      },
    ],
  ]),
};
