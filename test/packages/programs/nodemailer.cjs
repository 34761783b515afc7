const nodemailer = require("nodemailer");

const transport = nodemailer.createTransport({ jsonTransport: true });

function send() {
  const to = process.argv[2] === "missing" ? [] : ["b@example.com"];
  transport.sendMail({ from: "a@example.com", to, text: "text", raw: process.argv[2] && { path: "/missing" } }, (err, info) => {
    if (err) {
      console.log(err.message);
      return;
    }
    console.log(info.envelope);
  });
}

send();
