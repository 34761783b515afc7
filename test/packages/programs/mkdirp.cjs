const mkdirp = require("mkdirp");
const fs = require("fs");

fs.writeFileSync("file", "");

function make(path) {
  mkdirp(path, (err) => {
    if (err) {
      console.log(err.code);
    } else {
      console.log(fs.statSync(path).isDirectory());
    }
  });
}

make(process.argv[2] === "missing" ? "file/a" : "a/b/c");
