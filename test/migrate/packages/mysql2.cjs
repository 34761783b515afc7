// The part of mysql2 that programs with callbacks see: `promise()` gives rows and fields in an array.
class Pool {
  query(text, values, callback) {
    if (typeof values === "function") return this.query(text, [], values);
    setTimeout(() => {
      if (values.includes("missing.txt")) callback(Object.assign(new Error("no such file"), { code: "ER_NONE" }));
      else callback(null, [{ name: values[0] ?? text }], [{ name: "name" }]);
    }, 1);
    return {};
  }

  promise() {
    return {
      query: (text, values = []) =>
        new Promise((resolve, reject) =>
          this.query(text, values, (error, ...given) => (error ? reject(error) : resolve(given))),
        ),
    };
  }
}

exports.createPool = () => new Pool();
