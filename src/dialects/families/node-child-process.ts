import { alike, errorFirst, type Dialect } from "../dialect.ts";

/**
 * `child_process` with callbacks. What the calls return is the process, which code may talk to. Source: the Node.js 20 reference, "Child
 * process", and `util.promisify.custom` of the two functions.
 */
export const NODE_CHILD_PROCESS: Dialect = {
  name: "Node.js child processes",
  starts: [{ kind: "module", modules: ["child_process"] }],
  operations: new Map(
    alike("exec execFile", {
      ...errorFirst("stdout", "stderr"),
      awaited: { kind: "promisify", gives: "members", handle: "child" },
      returns: "handle",
      isCallbackOptional: true,
      valuesAfterError: "membersOfError",
      failureToldBy: ["stderr"],
    }),
  ),
};
