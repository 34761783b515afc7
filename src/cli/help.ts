import { PATTERN_FAMILIES } from "../dialects/pattern-families.ts";
import { HOST_NAMES } from "../dialects/settings.ts";
import { TARGETS, TRANSFORM_NAMES } from "../plan/types.ts";

const PATHS = `Paths are files, folders or globs, absolute or relative; without one, the current folder. Folders and globs yield
.ts .tsx .mts .cts .js .jsx .mjs .cjs files that .gitignore does not ignore; node_modules is never touched.`;

const HOST = `  --host NAME            what runs the script: ${HOST_NAMES.slice(0, 5).join(", ")},
                         ${HOST_NAMES.slice(5).join(", ")} (default ${HOST_NAMES[0]})`;

const SETTINGS = `${HOST}
  --assume PKG@VERSION   take a package to be of this version, whatever is installed; may be repeated
  --callbacks WHAT       take functions with a callback to have an awaitable form: MODULE:MEMBER,MEMBER=FORM, as in
                         ./store:load,save=promisify; FORM is same-call, promisify, member:NAME, suffix:TEXT or
                         chained:NAME; may be repeated
  --entry-points A,B     further functions that the outside starts and nobody awaits
  --twins A,B            awaitable operations known to exist: PutObjectAsync, Storage.FetchAsync
  --operation-decorators A,B
                         further decorators that mark the operations of a service`;

const GENERAL = `tapify finds misuse of legacy asynchronous patterns and migrates them to async/await.

Usage:
  tapify check   [paths...] [options]   report findings, without any configuration
  tapify migrate [paths...] [options]   show what a migration would change, or change it
  tapify explain FILE:LINE[:COLUMN]     say what was recognised at a place, what was tried, and what to change
  tapify init [--write]                 add the plugin to the configuration of ESLint or oxlint
  tapify recover [folder] [--force]     finish or take back what a run left that was cut short while it wrote
  tapify merge-reports FILES...         report on the parts of a run, which --shard has divided, as one
  tapify help [command]                 explain a command
  tapify --version                      print the version

Run "tapify help check", "tapify help migrate" and so on for more.
`;

const CHECK = `tapify check [paths...]: lint with the rules of eslint-plugin-tapify; no ESLint configuration is read.

${PATHS}

Options:
  --preset NAME          recommended, migration or all (default recommended)
  -p, --project FILE     a tsconfig.json, or its folder: rules may use types, and the preset is the type-checked one
${SETTINGS}
  -f, --format NAME      stylish, json, html, json-with-metadata, sarif, github (annotations), junit, a formatter package,
                         or a path to one (default stylish)
  -o, --output-file FILE write the report into a file
  --quiet                report errors only; warnings are no findings
  --max-warnings N       exit with 0 when there are no errors and at most N warnings
  --shard I/N            check only this part of the files, as 1/3; the parts are merged by tapify merge-reports
  --cache                keep results in .tapifycache, and check only what has changed since
  --cache-location FILE  keep them there
  --stdin                check the text that comes in at stdin
  --stdin-filename FILE  its name, which decides the syntax (default stdin.ts)
  --help                 print this text

Exit code: 0 clean, 1 findings, 2 could not run.
`;

const MIGRATE = `tapify migrate [paths...]: rewrite Begin/End calls, completed events and blocking waits as async/await.

Without --write nothing is changed: a unified diff and a summary are printed.

${PATHS}
Files that end in .d.ts are never touched. A file named in full is migrated even if .gitignore ignores it.

Options:
  --write                write the files; refused while their git tree has uncommitted changes
  --allow-dirty          write even so
  --transform NAME       which migration to run; may be repeated (default all): ${TRANSFORM_NAMES.join(", ")}
  --family A,B           migrate only operations of these families, and what can only change together with them: ${PATTERN_FAMILIES.join(", ")},
                         or a package, module or global they come from, as in mongodb, fs; may be repeated
  -i, --interactive      show each change and ask about it, then write what was chosen; y, n, a, A, d, q, as git add -p asks
  --todo                 keep a comment with code and link at each refused place; those of earlier runs are updated, and
                         removed where nothing is refused any more
  -p, --project FILE     a tsconfig.json, or its folder: what becomes async takes its callers along through the whole project, found by
                         the type checker; the result compiles as before, and is written whole or not at all
  --only FILE:LINE       migrate only what stands in this line, and what can only change together with it
  --allow-exports        let functions become async that a library (its tsconfig emits declarations) exports
  --target NAME          what the migrated call is: ${TARGETS.join(", ")} (default ${TARGETS[0]})
${SETTINGS}
  --facade               put an async function beside a Begin/End pair that a file offers, and the pair on top of it
  --yield-in-polls       let a loop that works while it polls yield once a round (default: such a loop is refused)
  -f, --format NAME      text, json, html (one page to pass around), or what was refused as sarif or github (annotations)
                         (default text)
  --shard I/N            migrate only this part of the files, as 1/3; the parts are merged by tapify merge-reports
  -o, --output-file FILE write the report into a file
  --fail-on-refusal      exit with 1 when something was found that cannot be migrated
  --help                 print this text

Exit code: 0 done, 1 refusals (with --fail-on-refusal), 2 something could not be read, parsed or written.
`;

const EXPLAIN = `tapify explain FILE:LINE[:COLUMN]: say what was recognised at a place, and what a migration makes of it.

For each migration that takes the place up: which strategies were tried, what stopped them, and what to change. Where
nothing was recognised: what is near, and what a call there lacks. Without a column, the whole line is looked at.
Nothing is written, and nothing of the file is run.

Options:
  --json                 print one JSON document
  --transform NAME       which migration to explain; may be repeated (default all): ${TRANSFORM_NAMES.join(", ")}
  --target NAME          what the migrated call is: ${TARGETS.join(", ")} (default ${TARGETS[0]})
${SETTINGS}
  --project FILE         a tsconfig.json: say what becomes of the place when the whole project is migrated, with types and callers
  --allow-exports        as for "tapify migrate"
  --facade               as for "tapify migrate"
  --yield-in-polls       as for "tapify migrate"
  --help                 print this text

Exit code: 0 explained, also where nothing was recognised, 2 there is no such place, or the file cannot be read or parsed.
`;

const MERGE_REPORTS = `tapify merge-reports FILES...: report on the parts of a run as one run would have done.

Each part is written by "tapify check" or "tapify migrate" with --shard 1/3 --format blob --output-file FILE, with the same paths and
options. All parts have to be there.

Options:
  -f, --format NAME      a format of the command that was run, but for blob (default stylish for check, text for migrate)
  -o, --output-file FILE write the report into a file
  --help                 print this text

Exit code: that of the whole run; 2 when the parts are not those of one run.
`;

const INIT = `tapify init: add the plugin to the configuration in the current folder.

A flat configuration of ESLint (eslint.config.js and its like) is parsed, never run: a default-exported array or a call of
defineConfig gets one more element, and an import. To .oxlintrc.json the plugin and its recommended rules are added. Without
any, eslint.config.mjs is written. A configuration of another form stays as it is, and you are told what to add.

Without --write nothing is changed: the difference is printed.

Options:
  --write                write it
  --help                 print this text

Exit code: 0 done, or there was nothing to do, 2 a configuration has to be changed by hand, or cannot be read.
`;

const RECOVER = `tapify recover [folder]: bring runs of "tapify migrate --write" to an end that were cut short.

With --project, all files of a migration are written or none. A run that is killed leaves a journal, .tapify-journal in the
project's folder; by it, the migration is finished, or taken back where it cannot be. Only files in that folder are
written that hold what the journal says. Temporary files that killed runs have left are removed.

The folder, the folders below it and the folders above it are looked at; without one, the current folder.
"tapify migrate --write" does the same first, where it is about to write.

Options:
  --force                also recover where it cannot be told whether the run has ended
  --help                 print this text

Exit code: 0 recovered, or there was nothing to recover, 2 something is left, and stderr says what to do about it.
`;

/** The commands there are. */
export const COMMANDS = ["check", "migrate", "explain", "init", "recover", "merge-reports"] as const;
export type CommandName = (typeof COMMANDS)[number];

/** The help text of a command, or of tapify as a whole. */
export function helpText(command?: CommandName): string {
  if (command === "check") return CHECK;
  if (command === "migrate") return MIGRATE;
  if (command === "explain") return EXPLAIN;
  if (command === "init") return INIT;
  if (command === "merge-reports") return MERGE_REPORTS;
  if (command === "recover") return RECOVER;
  return GENERAL;
}
