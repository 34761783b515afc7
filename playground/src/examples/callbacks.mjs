import fs from "node:fs";

function loadSettings(file, callback) {
  fs.readFile(file, "utf8", (error, text) => {
    if (error) {
      callback(error);
      return;
    }
    callback(null, JSON.parse(text));
  });
}

function start() {
  loadSettings("settings.json", (error, settings) => {
    if (error) {
      console.error("No settings:", error.message);
      return;
    }
    fs.mkdir(settings.folder, { recursive: true }, (failure) => {
      if (failure) {
        console.error("No folder:", failure.message);
        return;
      }
      console.log(`Listening on port ${settings.port}.`);
    });
  });
}

start();
