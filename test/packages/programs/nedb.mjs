import Datastore from "@seald-io/nedb";

const db = new Datastore();

function fill() {
  db.insert([{ n: 1 }, { n: 2 }], (err, docs) => {
    if (err) throw err;
    console.log("inserted", docs.length);
    db.update({ n: 1 }, { $set: { n: 3 } }, { multi: true }, function (err, count, affected, upsert) {
      if (err) throw err;
      console.log("updated", count, upsert);
      list();
    });
  });
}

function list() {
  db.find(process.argv[2] === "missing" ? { $none: 1 } : {})
    .sort({ n: 1 })
    .exec((err, docs) => {
      if (err) return console.log(err.message);
      console.log(docs.map(({ n }) => n));
      db.remove({ n: 2 }, {}, (err, removed) => {
        if (err) throw err;
        console.log("removed", removed);
      });
    });
}

fill();
