const fs = require('fs-extra')

function write () {
  fs.outputJson('deep/a.json', { a: 1 }, err => {
    if (err) return console.error(err)
    fs.readJson(process.argv[2] || 'deep/a.json', (err, object) => {
      if (err) {
        console.log(err.code)
        return
      }
      console.log(object)
      fs.copy('deep', 'copy', err => {
        if (err) throw err
        fs.pathExists('copy/a.json', (err, there) => {
          if (err) throw err
          console.log(there)
        })
      })
    })
  })
}

write()
