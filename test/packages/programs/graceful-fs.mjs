import fs from "graceful-fs";

function read(path) {
  fs.readFile(path, "utf8", (err, text) => {
    if (err) {
      console.log(err.code, err.syscall);
      return;
    }
    console.log(text.length > 0);
  });
}

read(process.argv[2] ?? "graceful-fs.mjs");
