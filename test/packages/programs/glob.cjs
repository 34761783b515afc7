const glob = require("glob");
const fs = require("fs");

fs.writeFileSync("a.txt", "a");
const pattern = process.argv[2] ?? "*.txt";

function list() {
  glob(pattern, { nodir: true }, function (err, files) {
    if (err) {
      console.log(err.message);
      return;
    }
    console.log(files);
    console.log(files.length);
  });
}

list();
