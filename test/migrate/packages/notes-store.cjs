// A package that only a project knows: `load` knows callbacks alone, and `save` gives a promise as well under a longer name.
const notes = new Map([["a.txt", "text of a"]]);

exports.load = (name, callback) => {
  setTimeout(() => {
    if (notes.has(name)) callback(null, notes.get(name));
    else callback(new Error(`no such note: ${name}`));
  }, 1);
};
exports.save = (name, text, callback) => {
  setTimeout(() => {
    notes.set(name, text);
    callback(null);
  }, 1);
};
exports.saveLater = (name, text) => new Promise((resolve) => exports.save(name, text, resolve));
exports.watch = (name, callback) => {
  callback(null, name);
};
