// The part of fs-extra that programs with callbacks see: a promise where there is no callback.
const fs = require("node:fs");

function universal(work) {
  return (...args) => {
    if (typeof args.at(-1) !== "function") return work(...args);
    const callback = args.pop();
    work(...args).then((value) => callback(null, value), callback);
  };
}

exports.outputFile = universal(async (path, text) => fs.promises.writeFile(path, text));
exports.readFile = universal(fs.promises.readFile);
exports.pathExists = universal(async (path) => fs.existsSync(path));
exports.remove = universal(async (path) => fs.promises.rm(path, { recursive: true, force: true }));
