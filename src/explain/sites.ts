import type { SiteReport } from "../plan/migration.ts";
import { groupBy } from "../recognize/group-by.ts";
import type { Recognised } from "./recognised.ts";

/** A site: what was recognised, as far as that shows in the text as it is, and what migrations made of it. */
export interface SiteInView {
  readonly recognised: Recognised | null;
  readonly name: string;
  readonly offset: number;
  readonly reports: readonly SiteReport[];
}

/** What was recognised in a text, in source order, each with what migrations made of it. */
export function joinSites(
  text: string,
  recognised: readonly Recognised[],
  reports: readonly SiteReport[],
): readonly SiteInView[] {
  const claimed = new Set(recognised.map(({ nameNode: { range } }) => range[0]));
  const moved = movedSites(text, recognised, reports);
  const left = reports.filter((report) => !claimed.has(report.offset) && !moved.has(report));
  const sites = recognised.map((each) => {
    const { range } = each.nameNode;
    const own = reports.filter((report) => report.offset === range[0] || moved.get(report) === each);
    return { recognised: each, name: text.slice(...range), offset: range[0], reports: own };
  });
  // What shows only when another migration has changed the text.
  const later = groupBy(left, ({ name, offset }) => `${offset} ${name}`);
  const further = Array.from(later.values(), (own) => {
    const [{ name, offset }] = own as [SiteReport];
    return { recognised: null, name, offset, reports: own };
  });
  return [...sites, ...further].sort((a, b) => a.offset - b.offset);
}

/**
 * Reports of sites whose code another plan has moved: of them only the place of that plan is known. Those of a name are the sites of that
 * name of which nothing else was reported, one after the other, where there are as many.
 */
function movedSites(
  text: string,
  recognised: readonly Recognised[],
  reports: readonly SiteReport[],
): ReadonlyMap<SiteReport, Recognised> {
  const reported = new Set(reports.map(({ offset }) => offset));
  const starts = new Set(recognised.map(({ nameNode: { range } }) => range[0]));
  const silent = recognised.filter(({ nameNode, untouched }) => untouched === null && !reported.has(nameNode.range[0]));
  const strays = reports.filter(({ offset }) => !starts.has(offset));
  return new Map(
    strays.flatMap((report) => {
      const alike = strays.filter(({ name }) => name === report.name);
      const found = silent.filter(({ nameNode }) => text.slice(...nameNode.range) === report.name);
      return alike.length === found.length ? [[report, found[alike.indexOf(report)]!] as const] : [];
    }),
  );
}
