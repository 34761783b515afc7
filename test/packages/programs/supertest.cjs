const request = require("supertest");

function app(req, res) {
  res.statusCode = req.url === "/missing" ? 404 : 200;
  res.setHeader("Content-Type", "application/json");
  res.end(JSON.stringify({ url: req.url }));
}

function load() {
  request(app)
    .get(`/${process.argv[2] ?? "a"}`)
    .set("Accept", "application/json")
    .expect("Content-Type", /json/)
    .expect(200)
    .end(function (err, res) {
      if (err) {
        console.log(err.message);
        save();
        return;
      }
      console.log(res.body);
      save();
    });
}

function save() {
  request(app).post("/b").send({ b: 1 }).expect(201, (err) => {
    if (err) throw err;
    console.log("saved");
  });
}

load();
