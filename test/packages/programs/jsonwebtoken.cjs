const jwt = require("jsonwebtoken");

const secret = process.argv[2] === "missing" ? undefined : "secret";

function sign() {
  jwt.sign({ name: "a" }, secret, { noTimestamp: true }, (err, token) => {
    if (err) {
      console.log(err.message);
      return;
    }
    console.log(token);
  });
}

sign();
