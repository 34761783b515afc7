// @ts-check
// Loaded into every Node.js process of a measured command (`NODE_OPTIONS=--require`), also those that it spawns itself. When a
// process ends, it appends what it used to the file that TAPIFY_METER names. Worker threads count with their process.
const { appendFileSync } = require("node:fs");

const file = process.env.TAPIFY_METER;
if (file !== undefined) {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    appendFileSync(
      file,
      `${JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: maxRSS / 1024 })}\n`,
    );
  });
}
