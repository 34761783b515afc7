import type { Dialect } from "../../../src/dialects/dialect.ts";
import { AMBIENT_ERROR } from "./ambient-error.ts";
import { OPTIONS_OBJECT } from "./options-object.ts";
import { STATUS_OBJECT } from "./status-object.ts";
import { TWO_EVENTS } from "./two-events.ts";
import { TWO_FUNCTIONS } from "./two-functions.ts";

/** One family for each row of the table of outcomes that no family which is built in has: data that only tests know. */
export const OUTCOME_ROWS: readonly Dialect[] = [
  AMBIENT_ERROR,
  STATUS_OBJECT,
  TWO_FUNCTIONS,
  OPTIONS_OBJECT,
  TWO_EVENTS,
];
