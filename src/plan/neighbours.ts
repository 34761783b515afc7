import { isFunction, programOf } from "../ast/functions.ts";
import type { TSESTree } from "../ast/source.ts";
import type { Refusal } from "./types.ts";
import type { InFile } from "./draft-edits.ts";
import type { AttemptsBySite } from "./attempts.ts";
import { refusalOf } from "./refusals.ts";
import { nameOfUnit } from "./units.ts";

/** Says of a site that it stays because of another one. */
export const TOGETHER = "refused-together";

/**
 * The refusals of sites that change only together, and one more for each site that stays because of another one: it says which.
 *
 * @param refusals of all the sites, and of what is around them
 */
export function withNeighbours(
  sites: readonly object[],
  refusals: readonly (Refusal & InFile)[],
  attempts: AttemptsBySite,
): readonly (Refusal & InFile)[] {
  if (refusals.length === 0 || sites.length < 2) return refusals;
  const own = sites.map(
    (site) => attempts.of(site).at(-1)?.refusals[0] ?? refusals.find((each) => isAbout(site, each)),
  );
  const inTheWay = own.findIndex((refusal) => refusal !== undefined);
  if (inTheWay < 0) return refusals;
  const name = `${nameOfUnit(sites[inTheWay]!)} (${own[inTheWay]!.code})`;
  return [
    ...refusals,
    ...sites.flatMap((site, index) => {
      if (own[index] !== undefined || !("nameNode" in site)) return [];
      const nameNode = site.nameNode as TSESTree.Node;
      return [{ ...refusalOf(TOGETHER, nameNode.range, name), file: programOf(nameNode) }];
    }),
  ];
}

/** Whether a refusal points at the call of a site, or at the function that it calls back. */
function isAbout(site: object, { range: [start, end] }: Refusal): boolean {
  const { callback, nameNode } = site as { callback?: { fn?: TSESTree.Node }; nameNode?: TSESTree.Node };
  let call = nameNode;
  while (call !== undefined && !/^(?:Call|New)Expression$|Statement$|Declarator$/.test(call.type)) call = call.parent;
  const places = [call ?? nameNode, isFunction(callback?.fn) ? callback.fn : undefined];
  return places.some((place) => place !== undefined && place.range[0] <= start && end <= place.range[1]);
}
