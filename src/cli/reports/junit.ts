import { printable } from "../../printable.ts";
import { pathBelow, type Remark, type RemarkReport } from "./remark.ts";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** The report as JUnit's XML: a suite for each file, with a failure for each remark; a file without any is a test that passed. */
export function formatJunit({ cwd, files, remarks }: RemarkReport): string {
  const byFile = new Map(files.map((file) => [file, [] as Remark[]]));
  for (const remark of remarks) {
    const ofFile = byFile.get(remark.file);
    if (ofFile === undefined) byFile.set(remark.file, [remark]);
    else ofFile.push(remark);
  }
  const suites = [...byFile].map(([file, ofFile]) => suiteOf(pathBelow(cwd, file) ?? file, ofFile));
  return `<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="tapify">\n${suites.join("")}</testsuites>\n`;
}

function suiteOf(path: string, remarks: readonly Remark[]): string {
  const name = attribute(path);
  const cases = remarks.map((remark) => {
    const place = remark.line === null ? path : [path, remark.line, remark.column ?? 1].join(":");
    const kind = attribute(remark.rule ?? "tapify");
    const more = remark.url === null ? "" : `\n${text(remark.url)}`;
    return `    <testcase classname="${name}" name="${attribute(`${remark.rule ?? "tapify"} ${place}`)}"><failure type="${kind}" message="${attribute(remark.message)}">${text(`${place}: ${remark.message}`)}${more}</failure></testcase>\n`;
  });
  const passed = `    <testcase classname="${name}" name="tapify" />\n`;
  return `  <testsuite name="${name}" tests="${Math.max(1, remarks.length)}" failures="${remarks.length}" errors="0">\n${cases.length === 0 ? passed : cases.join("")}  </testsuite>\n`;
}

// What XML cannot hold at all is escaped as everywhere in reports.
function text(content: string): string {
  return printable(content).replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}

function attribute(content: string): string {
  return text(content);
}
