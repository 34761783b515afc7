// The part of sqlite3 that programs with callbacks see: what `run` has done is told by `this`.
class Database {
  rows = [{ name: "a.txt" }];

  run(text, values, callback) {
    setTimeout(() => callback.call({ lastID: this.rows.push({ name: values[0] }), changes: 1 }, null), 1);
    return this;
  }

  get(text, values, callback) {
    setTimeout(() => {
      const row = this.rows.find(({ name }) => name === values[0]);
      if (row === undefined && text.includes("must")) callback(new Error("no such row"));
      else callback(null, row);
    }, 1);
    return this;
  }
}

exports.verbose = () => ({ Database });
