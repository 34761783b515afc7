import { awaitCountdown } from "./countdowns/countdown-writer.ts";
import { awaitSleepers } from "./callbacks/sleepers.ts";
import type { Planner } from "./planner.ts";
import { awaitGroup } from "./waits/wait-groups.ts";

/** Writes one await for all operations of each join. */
export function writeJoins(planner: Planner): void {
  for (const { join, members } of planner.joins.all()) {
    switch (join.kind) {
      case "countdown":
        awaitCountdown(planner, join.place, members);
        break;
      case "sleep":
        awaitSleepers(planner, join.place, members);
        break;
      case "waits":
        awaitGroup(planner, join.place, members);
    }
  }
}
