// What programs see of two versions at once: the module is the function of version 7, and its export `glob` is that of version 11.
function find(name, options) {
  if (name.startsWith("missing")) throw new Error(`no ${name}`);
  return options?.nodir === true ? [name] : [name, "folder"];
}

module.exports = (name, options, callback = options) => {
  setTimeout(() => {
    try {
      process.nextTick(callback, null, find(name, options));
    } catch (error) {
      callback(error);
    }
  }, 1);
};

module.exports.glob = async (name, options, callback) => {
  if (callback !== undefined || typeof options === "function") console.log("a callback is not called");
  await new Promise((resolve) => setTimeout(resolve, 1));
  return find(name, options);
};
