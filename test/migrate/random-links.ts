import { beginLink, type ChainScope } from "./random-chains.ts";
import type { Link } from "./random-model.ts";
import { block, end as endOf, type Lines, resultType, type Scope } from "./random-text.ts";

/** Prints what one callback of a chain does: it ends its operation, and begins the next one or sets the event. */
export function printLink(chain: ChainScope, index: number, handle: string, self: string | null): Lines {
  const { event, links, scope } = chain;
  const { text } = scope;
  const link = links[index]!;
  const isLast = index === links.length - 1;
  const hasCatch = link.guard === "catch" || link.guard === "catch and finally";
  const hasFinally = link.guard === "finally" || link.guard === "catch and finally";
  const set = event === null ? [] : [`${event}.Set();`];
  const isSetInFinally = isLast && hasFinally && link.set === "in the finally";
  const isSetInTry = isLast && link.guard !== "none" && link.set === "in the try";
  const isAfter = link.next === "after" || isLast;
  text.mark(`state: ${link.state}`, `guard: ${link.guard}`);
  if (event !== null && isLast)
    text.mark(isSetInFinally ? "set in finally" : isSetInTry ? "set in try" : "set at the end");

  const { before, after } = readState(scope, link, handle);
  const channel = link.state === "channel" && link.stateRead !== "last" ? before[0]!.split(" ")[1]! : "channel";
  const next = isLast ? [] : printNext(chain, index, self, set);
  const inner = [
    ...(link.isNoted ? [text.note()] : []),
    ...(channel === "channel" ? before : []),
    ...printEnd(scope, link, handle, channel, self),
    ...after,
    ...printWayOut(scope, link, isSetInFinally ? [] : set),
    ...(isSetInTry ? set : []),
    ...(isAfter ? [] : next),
  ];
  // Where the handler lets the chain end, it sets the event.
  const caught = [
    `trace("caught ${text.id()}", error);`,
    ...(text.kinds.has("throwing call") && text.id() % 2 === 0 ? ["fail(error);"] : []),
    ...(isAfter ? [] : set),
  ];
  const outer = [
    ...(isSetInFinally || isSetInTry || !isLast ? [] : [...set, ...(link.isNotedAfterSet ? [text.note()] : [])]),
    ...(isAfter ? next : []),
  ];
  const first = channel === "channel" ? [] : before;
  if (link.guard === "none") return [...first, ...inner, ...outer];
  return [
    ...first,
    ...block("try", inner).slice(0, -1),
    ...(hasCatch ? block("} catch (error)", caught).slice(0, -1) : []),
    ...(hasFinally ? block("} finally", [text.note(), ...(isSetInFinally ? set : [])]).slice(0, -1) : []),
    "}",
    ...outer,
  ];
}

/** The state, read in front of the End and behind it. */
function readState({ text }: Scope, { state, stateRead }: Link, handle: string): { before: Lines; after: Lines } {
  if (state === "null") return { before: [], after: [] };
  const name = `state${text.id()}`;
  text.mark(`state read: ${stateRead}`);
  if (state === "channel")
    return stateRead === "last"
      ? { before: [], after: [] }
      : { before: [`const ${name} = ${handle}.AsyncState as ScriptedChannel;`], after: [] };
  const type = state === "text" ? "string" : "{ id: number }";
  const member = state === "text" ? "" : ".id";
  if (stateRead === "last") return { before: [], after: [`trace((${handle}.AsyncState as ${type})${member});`] };
  if (stateRead === "destructured")
    return { before: [`const { AsyncState: ${name} } = ${handle};`], after: [`trace((${name} as ${type})${member});`] };
  return { before: [`const ${name} = ${handle}.AsyncState as ${type};`], after: [`trace(${name}${member});`] };
}

function printEnd(scope: Scope, { stem, end }: Link, handle: string, channel: string, self: string | null): Lines {
  const { text } = scope;
  const isVoid = stem === "Write";
  if (end === "helper") {
    const name = `finish${text.id()}`;
    const isMember = self !== null;
    const parameters = `(label: string, handle: IAsyncResult): ${resultType(stem)}`;
    const body = [`trace("finishing", label);`, `${isVoid ? "" : "return "}channel.End${stem}(handle);`];
    text.mark(isMember ? "helper method" : "helper");
    if (isMember)
      scope.members.push(block(`private ${scope.isStatic ? "static " : ""}${name}${parameters}`, body).join("\n"));
    else text.parts.push(block(`function ${name}${parameters}`, body).join("\n"));
    const call = `${isMember ? `${scope.isStatic ? self : "this"}.` : ""}${name}("${stem}", ${handle})`;
    return [isVoid ? `${call};` : `trace("got", ${call});`];
  }
  const ended = `${channel}.End${stem}(${handle})`;
  if (isVoid || end === "direct") return [endOf(text, stem, handle, channel)];
  const name = `value${text.id()}`;
  return [`const ${name} = ${ended};`, text.note(), `trace("value", ${name});`];
}

function printWayOut({ text }: Scope, { leavesAbove }: Link, set: Lines): Lines {
  if (leavesAbove === null) return [];
  text.mark("callback: way out");
  return block(`if (buffer.length > ${leavesAbove})`, [text.note(), ...set, "return;"]);
}

function printNext(chain: ChainScope, index: number, self: string | null, set: Lines): Lines {
  const { text } = chain.scope;
  const link = chain.links[index]!;
  const started = beginLink(chain, index + 1, self);
  const lines = [...started.before, ...`${started.begin.join("\n")};`.split("\n")];
  if (link.next !== "in a branch") return lines;
  text.mark("chain: branch");
  return [
    ...block(`if (buffer.length > ${index === 0 ? 1 : 100})`, lines).slice(0, -1),
    ...block("} else", [text.note(), ...set]),
  ];
}
