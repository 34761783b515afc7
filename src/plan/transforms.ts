import { isPromiseAdapter } from "../recognize/adapters.ts";
import { operationsOf } from "../recognize/begin-end.ts";
import type { Context } from "../recognize/context.ts";
import { eventSitesOf } from "../recognize/event-sites.ts";
import type { Operation } from "../recognize/operation.ts";
import type { TransformName } from "./types.ts";

/** The operations that each migration takes up, in source order; those that are wrapped in a promise already are left to it. */
const SITES: Readonly<Record<TransformName, (context: Context) => readonly Operation[]>> = {
  "begin-end-to-async": operationsOf,
  "events-to-async": eventSitesOf,
};

/** The operations of a file that a migration may change. */
export function sitesOf(context: Context, transform: TransformName): Operation[] {
  return SITES[transform](context).filter((operation) => !isPromiseAdapter(context, operation));
}
