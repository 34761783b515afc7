import bcrypt from "bcryptjs";

const password = process.argv[2] === "missing" ? 1 : "a";

export function hash() {
  bcrypt.hash(password, 4, (err, hashed) => {
    if (err) {
      console.log(err.message);
      return;
    }
    bcrypt.compare(password, hashed, function (err, same) {
      if (err) throw err;
      console.log(same);
    });
  });
}

hash();
