import { REPOSITORY } from "../../addresses.ts";
import { printableLines } from "../../printable.ts";
import { uriOf, type Remark, type RemarkReport } from "./remark.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** The report as SARIF 2.1.0, which code scanning takes. Columns count UTF-16 code units. */
export function formatSarif({ cwd, files, remarks }: RemarkReport, version: string): string {
  const rules = new Map(remarks.flatMap(({ rule, url }) => (rule === null ? [] : [[rule, url] as const])));
  const ids = [...rules.keys()];
  const run = {
    tool: {
      driver: {
        name: "tapify",
        version,
        informationUri: REPOSITORY,
        rules: ids.map((id) => ({ id, ...(rules.get(id) == null ? {} : { helpUri: rules.get(id) }) })),
      },
    },
    columnKind: "utf16CodeUnits",
    artifacts: files.map((file) => ({ location: { uri: uriOf(cwd, file) } })),
    results: remarks.map((remark) => ({
      ...(remark.rule === null ? {} : { ruleId: remark.rule, ruleIndex: ids.indexOf(remark.rule) }),
      level: remark.level,
      message: { text: remark.message },
      locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(cwd, remark.file) }, ...regionOf(remark) } }],
    })),
  };
  return `${printableLines(JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2))}\n`;
}

function regionOf({ line, column, endLine, endColumn }: Remark): object {
  if (line === null) return {};
  return {
    region: {
      startLine: line,
      ...(column === null ? {} : { startColumn: column }),
      ...(endLine === undefined ? {} : { endLine }),
      ...(endColumn === undefined ? {} : { endColumn }),
    },
  };
}
