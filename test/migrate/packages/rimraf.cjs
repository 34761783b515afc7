// What programs see of two versions at once: the module is the function of version 3, and its export `rimraf` is that of version 6.
function remove(name) {
  if (name.startsWith("missing")) throw new Error(`no ${name}`);
}

module.exports = (name, callback) => {
  setTimeout(() => {
    try {
      remove(name);
    } catch (error) {
      return callback(error);
    }
    callback(null);
  }, 1);
};

module.exports.sync = remove;

module.exports.rimraf = async (name, options) => {
  if (typeof options === "function") throw new TypeError("invalid rimraf options");
  await new Promise((resolve) => setTimeout(resolve, 1));
  remove(name);
};

module.exports.rimraf.sync = remove;
