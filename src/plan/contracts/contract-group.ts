import type { PairGroup } from "./pair-groups.ts";
import type { EventGroup } from "./event-groups.ts";

/** An operation that types declare in one of the old patterns. */
export type ContractGroup = PairGroup | EventGroup;

/** The migration that turns groups into awaitable methods. */
export const CONTRACT_TRANSFORM = "contract-to-async";
