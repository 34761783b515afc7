var rimraf = require("rimraf")
var fs = require("fs")

fs.mkdirSync("folder/deep", { recursive: true })

function remove(path) {
  rimraf(path, (err) => {
    if (err) throw err
    console.log(path, fs.existsSync(path))
  })
}

remove(process.argv[2] || "folder")
