// @ts-check
/** @typedef {{ transform: string, operation: string, line: number, notes: { code: string }[] }} Migration */
/** @typedef {{ path: string, status: string, migrations: Migration[], refusals: { code: string }[], error?: { message: string, line: number | null } }} File */
/** @typedef {{ summary: { files: number, migrated: number, errors: number }, files: File[] }} Report */
/** @typedef {{ exit: string, counts: string[] }} OwnTests */
/**
 * @typedef {{ name: string, commit: string, options: string[], report: Report, broken: string[], command: string | null, before: OwnTests | null,
 *   after: OwnTests | null }} Trial
 */

/** How many migrations are read. */
const READ = 10;
const BY_HAND = "## What was left to do by hand";
const TEN = "## Ten migrations, read";
const NOTHING_YET = "Not written yet.";

/**
 * The page about a trial.
 *
 * @param {Trial} trial
 * @param {string | null} known the page that is there: what a person has written into it is kept
 */
export function trialPage({ after, before, broken, command, commit, name, options, report }, known) {
  const { files, summary } = report;
  const migrations = files.flatMap((file) => file.migrations.map((migration) => ({ ...migration, path: file.path })));
  const refusals = files.flatMap((file) => file.refusals);
  const errors = files.flatMap(({ error, path }) =>
    error === undefined ? [] : [`- \`${path}\`: ${error.message.split("\n")[0]}`],
  );
  return `# ${name}

| | |
|---|---|
| commit | \`${commit}\` |
| command | \`${["npx tapify migrate .", ...options, "--write"].join(" ")}\` |
| files | ${summary.files}; ${summary.migrated} changed, ${summary.errors} could not be read or parsed |
| places | ${migrations.length + refusals.length}: ${migrations.length} migrated, ${refusals.length} refused |
| changed files that no longer parse | ${broken.length} |
| own tests before | ${testsText(command, before)} |
| own tests after | ${testsText(command, after)} |

${table(
  "Migrated by",
  migrations.map(({ transform }) => transform),
)}${table(
    "Refused",
    refusals.map(({ code }) => code),
  )}${table(
    "Notes",
    migrations.flatMap(({ notes }) => notes.map(({ code }) => code)),
  )}${section("Files with an error", errors)}${section(
    "Changed files that no longer parse",
    broken.map((each) => `- ${each}`),
  )}${BY_HAND}

${keptIn(known, BY_HAND) ?? NOTHING_YET}

${TEN}

${keptIn(known, TEN) ?? tenOf(migrations)}
`;
}

/** @param {string | null} command @param {OwnTests | null} tests */
function testsText(command, tests) {
  if (command === null || tests === null) return "not run";
  return `\`${command}\`: exit ${tests.exit}${tests.counts.length > 0 ? `; ${tests.counts.join(", ")}` : ""}`;
}

/** @param {string} title @param {string[]} names */
function table(title, names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const rows = [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([name, count]) => `| \`${name}\` | ${count} |\n`);
  return rows.length === 0 ? "" : `| ${title} | places |\n|---|---|\n${rows.join("")}\n`;
}

/** @param {string} title @param {string[]} lines */
function section(title, lines) {
  return lines.length === 0 ? "" : `## ${title}\n\n${lines.join("\n")}\n\n`;
}

/** What a person has written below a heading; `null` where nobody has. @param {string | null} page @param {string} heading */
function keptIn(page, heading) {
  const text = page?.split(`${heading}\n`)[1]?.split("\n## ")[0]?.trim();
  return text === undefined || text === "" || text.startsWith(NOTHING_YET) || text.includes("| not read |")
    ? null
    : text;
}

/** Ten migrations, spread over all, with room for what a reader says of each. @param {(Migration & { path: string })[]} migrations */
function tenOf(migrations) {
  const step = Math.max(1, migrations.length / READ);
  const chosen = migrations
    .filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
    .slice(0, READ);
  if (chosen.length === 0) return "Nothing was migrated.";
  const rows = chosen.map(({ line, operation, path }) => `| \`${path}:${line}\` | ${operation} | not read |\n`);
  return `| place | operation | verdict |\n|---|---|---|\n${rows.join("")}`.trimEnd();
}
