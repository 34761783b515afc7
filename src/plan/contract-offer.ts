import { NestingError } from "../ast/nesting.ts";
import { ParseError } from "../ast/parse-error.ts";
import type { TSESTree } from "../ast/source.ts";
import { findAll } from "../ast/walk.ts";
import type { Context } from "../recognize/context.ts";
import { contractGroupsOf } from "./contracts/contract-kinds.ts";
import { typeGraphOf } from "./contracts/contract-groups.ts";
import { CONTRACT_TRANSFORM } from "./contracts/contract-group.ts";
import { reportMigration } from "./migrate.ts";
import type { RefusedSite, SiteReport } from "./migration.ts";
import type { PlanChoices, TextEdit } from "./types.ts";

/** A place at which a type declares an operation, or somebody calls it. */
interface ContractSite {
  readonly name: string;
  readonly node: TSESTree.Node;
}

/** What can become of the operations that the types of a file declare. */
export interface ContractOffer {
  readonly migrated: readonly ContractSite[];
  readonly refused: readonly (ContractSite & { readonly refusal: RefusedSite })[];
  /** All of it as one change, over the text of the file; none where nothing can change. */
  readonly edits: readonly TextEdit[];
}

const NOTHING: ContractOffer = { migrated: [], refused: [], edits: [] };

/**
 * What the migration of contracts makes of a file by itself: the change is that of `migrateText`, and the sites are those of its report. Declarations
 * and calls hang together, so there is one change for all of them.
 */
export function contractOffer(context: Context, choices: PlanChoices): ContractOffer {
  const { filePath, text } = context.source;
  // Most files that the text test lets through only call such operations, and need not be parsed again.
  const contexts = [[filePath, context]] as const;
  if (contractGroupsOf(contexts, typeGraphOf(contexts)).length === 0) return NOTHING;
  try {
    const options = { filePath, transforms: [CONTRACT_TRANSFORM], ...context.settings, ...choices } as const;
    const { output, sites } = reportMigration(text, options);
    const at = nodesAt(context, sites);
    return {
      migrated: sites.flatMap(({ name, offset, outcome }) => {
        const node = at.get(offset);
        return outcome === "migrated" && node !== undefined ? [{ name, node }] : [];
      }),
      refused: sites.flatMap(({ name, offset, refusals: [refusal] }) => {
        const node = at.get(offset);
        return refusal !== undefined && node !== undefined ? [{ name, node, refusal }] : [];
      }),
      edits: output === text ? [] : [changeBetween(text, output)],
    };
  } catch (error) {
    // What reads the file for the linter takes more than the parser of the migrations.
    if (error instanceof ParseError || error instanceof NestingError) return NOTHING;
    throw error;
  }
}

/** The names that stand at the places of sites, by their offsets. */
function nodesAt({ source }: Context, sites: readonly SiteReport[]): ReadonlyMap<number, TSESTree.Node> {
  const wanted = new Map(sites.map(({ name, offset }) => [offset, name]));
  const found = findAll(
    source.ast,
    source.visitorKeys,
    (node): node is TSESTree.Node =>
      wanted.has(node.range[0]) && source.text.slice(...node.range) === wanted.get(node.range[0]),
  );
  return new Map(found.map((node) => [node.range[0], node]));
}

/** The stretch in which two texts differ, as an edit of the first. */
function changeBetween(before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { range: [start, before.length - end], text: after.slice(start, after.length - end) };
}
