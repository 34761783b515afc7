const assert = require("node:assert");
const fs = require("node:fs");

describe("the settings", () => {
  it("are JSON", (done) => {
    fs.readFile("settings.json", "utf8", (error, text) => {
      if (error) return done(error);
      assert.equal(JSON.parse(text).port, 8080);
      done();
    });
  });

  it("name a folder that exists", (done) => {
    fs.stat("data", (error, stats) => {
      if (error) return done(error);
      assert.ok(stats.isDirectory());
      done();
    });
  });
});
