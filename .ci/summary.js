// @ts-check
// Prints "N passed, N failed" from vitest's JSON report and that of the stress as the last line, and exits with 1 unless all is well.
//
//   node .ci/summary.js REPORT STATUS STRESS DEMO PACKAGES SITE RELEASE
//
// STATUS is the exit code of the run that was to write REPORT; STRESS is what `npm run stress` was to write; DEMO is the exit code of the demo;
// PACKAGES is what `test/packages/run.js` was to write; SITE is the exit code of the build of the site; RELEASE is that of `npm run package` and
// `npm run versions`.
import { readFileSync } from "node:fs";

const [report = "", status = "1", stressReport = "", demo = "1", packagesReport = "", site = "1", release = "1"] =
  process.argv.slice(2);

/** @type {{ numPassedTests: number, numFailedTests: number, testResults: { name: string, status: string, message: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }[] } | null} */
const result = read(report);
let passed = result?.numPassedTests ?? 0;
let failed = result?.numFailedTests ?? 0;
// A test file that breaks before its first test holds no failed test, and would be missed.
failed +=
  result?.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length ?? 0;

// Where this runs there is a browser: a test of a page that was skipped has not shown anything.
const skipped =
  result?.testResults
    .filter(({ name }) => name.replaceAll("\\", "/").includes("/test/browser/"))
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status !== "passed" && status !== "failed") ?? [];
failed += skipped.length;
if (skipped.length > 0) console.error(`${skipped.length} tests of pages were skipped: there is no Chromium.`);

// At the end once more, where the log of a run is looked at first.
for (const file of result?.testResults.filter(({ status }) => status === "failed") ?? []) {
  console.error(`failed: ${file.name} ${file.message}`);
  for (const test of file.assertionResults.filter(({ status }) => status === "failed"))
    console.error(`  ${test.fullName}\n${test.failureMessages.join("\n").slice(0, 2000)}`);
}

if (result === null) console.error("There is no report of the tests: a step before them failed.");
else if (passed + failed === 0) console.error("No test was run.");
// What failed is then not a test, but the run as a whole.
if (failed === 0 && (status !== "0" || passed === 0)) failed = 1;

/** @type {{ passed: number, failed: number } | null} */
const stress = read(stressReport);
if (stress === null) console.error("There is no report of the stress: it did not run to its end.");
passed += stress?.passed ?? 0;
failed += stress?.failed ?? 1;

/** @type {{ passed: number, failed: number } | null} */
const packages = read(packagesReport);
if (packages === null) console.error("There is no report of the packages: their programs did not run to the end.");
passed += packages?.passed ?? 0;
failed += packages?.failed ?? 1;

if (demo !== "0") console.error(`The demo ended with ${demo}.`);
if (demo === "0") passed += 1;
else failed += 1;

if (site !== "0") console.error(`The build of the site ended with ${site}.`);
if (release !== "0")
  console.error(`What is to be released is too large, or does not run with all that it supports: ${release}.`);
for (const code of [site, release]) {
  if (code === "0") passed += 1;
  else failed += 1;
}

process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);

/** @param {string} file */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
