import { isPascalCase } from "../../ast/names.ts";
import {
  GET_AWAITER_MEMBERS,
  GET_RESULT_MEMBERS,
  RESULT_MEMBERS,
  WAIT_ALL_MEMBERS,
  WAIT_ANY_MEMBERS,
  WAIT_MEMBERS,
  WAIT_ONE_MEMBERS,
} from "../tap.ts";
import { SLEEP_MEMBERS } from "../waits.ts";
import { surelyAwaited } from "./awaited-text.ts";
import { BEGIN_NAME, END_NAME } from "./begin-end-text.ts";
import { partsOf } from "./code-places.ts";
import { isMemberPlace } from "./member-text.ts";
import { all, around, member, nearMember, some, words, type TextTest } from "./text-tests.ts";
import { everyPlace } from "./word-places.ts";

/** What a text must hold for a wait that blocks to be possible in it. */

/** A task type, a call named like one that yields a task, or where a promise comes from. */
const AWAITABLE = /Async|Task|\basync\b|\bPromise\b/;
/** A task or an event by name: in lower case the members that block are common words. */
const NAMED = around(["Async", "Task", "Slim", "CountdownEvent"], /Async\b|Task|Slim\b|CountdownEvent/y);

/** Members that block, in .NET's own spelling or in that of a host which changes the first letter. */
const NAMED_MEMBERS = [...inCamelCase(RESULT_MEMBERS), ...inCamelCase(GET_RESULT_MEMBERS)];
const TASK_MEMBERS = [...WAIT_ALL_MEMBERS, ...WAIT_ANY_MEMBERS, ...inPascalCase(WAIT_MEMBERS), ...GET_AWAITER_MEMBERS];
const RESULTS = inPascalCase(RESULT_MEMBERS);
const CAMEL_WAITS = inCamelCase(WAIT_MEMBERS);

function inPascalCase(names: ReadonlySet<string>): string[] {
  return [...names].filter(isPascalCase);
}

function inCamelCase(names: ReadonlySet<string>): string[] {
  return [...names].filter((name) => !isPascalCase(name));
}

/** A wait in lower case is none where it is awaited. */
const WAIT: TextTest = {
  test: (text) =>
    CAMEL_WAITS.some((name) => !everyPlace(text, name, (at) => !isMemberPlace(text, at) || surelyAwaited(text, at))),
};

const SLEEP = all(around(["Thread"], /Thread\b/y), nearMember(...SLEEP_MEMBERS));

const TASK = some(
  all(member(...RESULTS), AWAITABLE),
  all(NAMED, some(nearMember(...NAMED_MEMBERS), WAIT)),
  member(...TASK_MEMBERS),
);

export const BLOCKING_WAIT = some(
  TASK,
  member(...WAIT_ONE_MEMBERS),
  member("getResults"),
  SLEEP,
  all(BEGIN_NAME, END_NAME),
  all(words("Atomics", '"fibers', "'fibers"), nearMember("wait")),
  words("deasync", "sync-fetch", "sync-request", "then-request"),
  all(words("XMLHttp", "XmlHttp", "XMLHTTP", "XmlHTTP", "xmlhttp"), /false|!1/),
  // edge-js: `edge.func(…)` and `fn(payload, true)`.
  all(some(words("edge-js"), around(["func"], /func\b(?<=\.\s*func)/y)), /true|!0/),
);

/**
 * What a text must hold for a wait on a task, or a sleep, that can be an await. What passes is parsed, and the parser loaded for it, so that
 * one more look at what is code and what is prose is worth its time.
 */
export const TASK_WAIT = all(some(TASK, all(SLEEP, /\basync\b/)), { test: isInCode });

function isInCode(text: string): boolean {
  const places: number[] = [];
  for (const name of [...RESULTS, ...NAMED_MEMBERS, ...TASK_MEMBERS, ...CAMEL_WAITS, ...SLEEP_MEMBERS]) {
    everyPlace(text, name, (at) => {
      if (isMemberPlace(text, at) && !(CAMEL_WAITS.includes(name) && surelyAwaited(text, at))) places.push(at);
      return true;
    });
  }
  places.sort((a, b) => a - b);
  const parts = partsOf(text, places);
  // A key in quotes is a string.
  return (
    parts === null ||
    parts.some((part, index) => part === "code" || (part === "string" && /["'`]/.test(text[places[index]! - 1]!)))
  );
}
