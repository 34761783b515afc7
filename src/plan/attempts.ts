import type { TSESTree } from "../ast/source.ts";
import type { StrategyName } from "./strategies.ts";
import type { Refusal } from "./types.ts";

/** A strategy that was tried for a site, and what was refused meanwhile. A site for which another one was tried afterwards did not fit it. */
export interface Attempt {
  readonly strategy: StrategyName;
  readonly refusals: readonly Stop[];
}

/** A refusal of a strategy, with the file in which it stands if that may be another one than the site's. */
export type Stop = Refusal & { readonly file?: TSESTree.Program | null };

/** What was tried for each site, in order. */
export interface AttemptsBySite {
  of(site: object): readonly Attempt[];
}

/** Takes down what is tried. */
export class Attempts implements AttemptsBySite {
  readonly #bySite = new Map<object, Attempt[]>();
  #current: Stop[] | null = null;

  /** Says what is tried from now on, for one site or for several that can only change alike. */
  begin(strategy: StrategyName, sites: readonly object[]): void {
    const attempt = { strategy, refusals: (this.#current = []) };
    for (const site of sites) {
      const known = this.#bySite.get(site);
      if (known === undefined) this.#bySite.set(site, [attempt]);
      else known.push(attempt);
    }
  }

  /** Says that what follows is about no strategy of a site. */
  end(): void {
    this.#current = null;
  }

  /** Takes a refusal down with what is tried right now. */
  stopped(refusal: Stop): void {
    this.#current?.push(refusal);
  }

  of(site: object): readonly Attempt[] {
    return this.#bySite.get(site) ?? [];
  }
}
