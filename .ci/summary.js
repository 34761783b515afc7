// @ts-check
// Prints "N passed, N failed" from vitest's JSON report as the last line, and exits with 1 unless all is well.
//
//   node .ci/summary.js REPORT STATUS
//
// STATUS is the exit code of the run that was to write REPORT.
import { readFileSync } from "node:fs";

const [report = "", status = "1"] = process.argv.slice(2);

/** @type {{ numPassedTests: number, numFailedTests: number, numFailedTestSuites: number, testResults: { status: string, assertionResults: { status: string }[] }[] } | null} */
const result = read();
const passed = result?.numPassedTests ?? 0;
let failed = result?.numFailedTests ?? 0;
// A test file that breaks before its first test holds no failed test, and would be missed.
failed +=
  result?.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length ?? 0;

if (result === null) console.error("There is no report of the tests: a step before them failed.");
else if (passed + failed === 0) console.error("No test was run.");
// What failed is then not a test, but the run as a whole.
if (failed === 0 && (status !== "0" || passed === 0)) failed = 1;

process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);

function read() {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return null;
  }
}
