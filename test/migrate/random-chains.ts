import type { Chain, Link, Statement } from "./random-model.ts";
import { printLink } from "./random-links.ts";
import { begin, block, guarded, type Lines, type Scope } from "./random-text.ts";

/** What the callbacks of a chain share while they are printed. */
export interface ChainScope {
  readonly scope: Scope;
  readonly links: readonly Link[];
  /** The event that the last of them sets. */
  readonly event: string | null;
  readonly eventKind: "none" | "local" | "field" | "module";
}

/** A callback as an argument, and what has to be declared in front of the Begin. */
interface PrintedCallback {
  readonly before: Lines;
  readonly argument: Lines;
}

const MEMBER_FORMS: readonly string[] = ["arrow", "bound", "forwarded to a method", "arrow field"];

/** Prints the start of a chain and the wait for it, and declares its callbacks. */
export function printChain(
  scope: Scope,
  chain: Chain,
  print: (scope: Scope, statements: readonly Statement[]) => Lines,
): Lines {
  const { text, self, isStatic } = scope;
  const id = text.id();
  const eventKind = eventKindOf(scope, chain);
  const own = isStatic ? self : "this";
  const event = eventKind === "none" ? null : eventKind === "field" ? `${own}.done${id}` : `done${id}`;
  const type = chain.isAuto ? "AutoResetEvent" : "ManualResetEvent";
  if (eventKind === "field")
    scope.members.push(`private ${isStatic ? "static " : ""}readonly done${id} = new ${type}(false);`);
  const declaration = `const done${id} = new ${type}(false);`;
  if (eventKind === "module") text.parts.push(declaration);
  text.mark(`event: ${chain.event === "handle" ? "handle" : eventKind}`);
  if (chain.links.length > 1)
    text.mark(`chain: ${chain.links.length} links`, `chain: ${eventKind === "none" ? "without event" : "with event"}`);

  // One that outlives the call is set once for each wait; what is left set would end the next wait too early.
  const isShared = eventKind === "field" || eventKind === "module";
  const mustReset = isShared && !chain.isAuto;
  const reset = event !== null && (mustReset || (isShared && chain.isReset)) ? [`${event}.Reset();`] : [];
  const isTwice = chain.isTwice && event === null && chain.event !== "handle";
  const linkScope = isTwice ? { ...scope, times: scope.times * 2 } : scope;
  const { links } = chain;
  const first = beginLink({ scope: linkScope, links, event, eventKind }, 0, self);
  const handle = `ar${id}`;
  const isHandle = chain.event === "handle";
  const hasStarter = chain.hasStarter && isShared;
  const start = `${first.begin.join("\n")};`.split("\n");
  const again = isTwice && first.again !== null ? first.again() : [];
  if (again.length > 0) text.mark("callback twice");
  const isGuarded = text.kinds.has("throwing starts") && event === null && !isHandle && id % 2 === 0;
  const begun = [
    ...first.before,
    ...(isHandle ? [`const ${handle} = ${start[0]!}`, ...start.slice(1)] : isGuarded ? guarded(text, start) : start),
    ...again,
  ];
  const begins = hasStarter ? printStarter(scope, begun, eventKind === "field") : begun;
  // Left out: work that may throw between the Begin and the wait for an event that outlives the call, since the event would stay set
  // for the next call, whose wait would be none before the migration and is one after it.
  const between = isShared ? chain.between.map(() => text.note()) : print(scope, chain.between);
  if (between.length > 0 && event !== null) text.mark("event: overlapped");
  const lines = [
    ...(eventKind === "local" ? [declaration] : []),
    ...reset,
    ...begins,
    ...(event === null && !isHandle ? [] : between),
    ...(event === null ? [] : [`${event}.WaitOne();`]),
    ...(isHandle ? [`${handle}.AsyncWaitHandle.WaitOne();`] : []),
  ];
  // What the callbacks throw is nothing that a `try` around the start and the wait could catch.
  return text.kinds.has("throwing call") && event !== null ? guarded(text, lines) : lines;
}

function eventKindOf({ self }: Scope, { event, links }: Chain): ChainScope["eventKind"] {
  if (event !== "shared") return event === "local" ? "local" : "none";
  return self !== null && MEMBER_FORMS.includes(links[0]!.form) ? "field" : "module";
}

function printStarter(scope: Scope, begun: Lines, isMember: boolean): Lines {
  const { text, self, isStatic } = scope;
  const name = `start${text.id()}`;
  const body = [text.note(), ...begun];
  text.mark("starter");
  if (isMember || (self !== null && body.some((line) => line.includes(`${self}.`)))) {
    scope.members.push(block(`private ${isStatic ? "static " : ""}${name}(): void`, body).join("\n"));
    return [`${isStatic ? self : "this"}.${name}();`];
  }
  text.parts.push(block(`function ${name}(): void`, body).join("\n"));
  return [`${name}();`];
}

const STATES: Record<Link["state"], (id: number) => string> = {
  null: () => "null",
  text: (id) => `"state ${id}"`,
  object: (id) => `{ id: ${id} }`,
  channel: () => "channel",
};

/** The start of a link, what has to stand in front of it, and the same start once more if the callback has a name. */
export interface BegunLink {
  readonly before: Lines;
  readonly begin: Lines;
  readonly again: (() => Lines) | null;
}

/** @param self what names the class here, where that can be said */
export function beginLink(chain: ChainScope, index: number, self: string | null): BegunLink {
  const { scope, links } = chain;
  const link = links[index]!;
  const callback = printCallback(chain, index, self);
  const state = (): string => STATES[link.state](scope.text.id());
  const isNamed = callback.argument.length === 1;
  return {
    before: callback.before,
    begin: begin(scope, link.stem, callback.argument, state()),
    again: isNamed && index === 0 ? () => [`${begin(scope, link.stem, callback.argument, state()).join("")};`] : null,
  };
}

/** The form of a callback where not every form can reach what it needs. */
function formOf({ eventKind }: ChainScope, { form }: Link, self: string | null): Link["form"] | "local" {
  const isMember = form === "bound" || form === "forwarded to a method" || form === "arrow field";
  if (eventKind === "local")
    return form === "arrow" || form === "function expression" ? form : isMember ? "arrow" : "local";
  if (self === null) return isMember ? "named" : form;
  if (eventKind === "field")
    return MEMBER_FORMS.includes(form) ? form : form === "named" || form === "const" ? "bound" : "arrow";
  return form;
}

function printCallback(chain: ChainScope, index: number, self: string | null): PrintedCallback {
  const { scope, links } = chain;
  const { text, isStatic } = scope;
  const link = links[index]!;
  const form = formOf(chain, link, self);
  const id = text.id();
  text.mark(`callback: ${form}`, ...(index > 0 ? [`link: ${form}`] : []));
  const own = isStatic ? self : "this";
  const isWithoutSelf = ["function expression", "named", "delegate", "const", "delegate const", "forwarded"].includes(
    form,
  );
  const name = `on${id}`;
  const handle = form === "arrow" || form === "function expression" ? `ar${id}` : "ar";
  const body = printLink(chain, index, handle, isWithoutSelf ? null : self);
  const typed = `(${handle}: IAsyncResult)`;
  // `name: AsyncCallback = (ar)`, or `name = (ar: IAsyncResult): void`.
  const held = text.kinds.has("annotated constants")
    ? `${name}: AsyncCallback = (${handle})`
    : `${name} = ${typed}: void`;
  const modifiers = `private ${isStatic ? "static " : ""}`;
  const declared = (part: Lines, argument: string): PrintedCallback => {
    text.parts.push(part.join("\n"));
    return { before: [], argument: [argument] };
  };
  const member = (lines: Lines, argument: string): PrintedCallback => {
    scope.members.push(lines.join("\n"));
    return { before: [], argument: [argument] };
  };
  switch (form) {
    case "arrow":
      return { before: [], argument: block(`${id % 2 === 0 ? `(${handle})` : typed} =>`, body) };
    case "function expression":
      return { before: [], argument: block(`function ${typed}: void`, body) };
    case "local":
      return {
        before: block(`const ${held} =>`, body, ";"),
        argument: [id % 2 === 0 ? name : `new AsyncCallback(${name})`],
      };
    case "named":
      return declared(block(`function ${name}${typed}: void`, body), name);
    case "delegate":
      return declared(block(`function ${name}${typed}: void`, body), `new AsyncCallback(${name})`);
    case "forwarded":
      return declared(
        block(`function ${name}${typed}: void`, body),
        id % 2 === 0 ? `(r) => ${name}(r)` : `(r: IAsyncResult) => { ${name}(r); }`,
      );
    case "const":
      return declared(block(`const ${held} =>`, body, ";"), name);
    case "delegate const":
      return declared(
        [...block(`function ${name}${typed}: void`, body), "", `const delegate${id} = new AsyncCallback(${name});`],
        `delegate${id}`,
      );
    case "bound":
      return member(
        block(`${modifiers}${name}${typed}: void`, body),
        isStatic ? `${own}.${name}` : `${own}.${name}.bind(${own})`,
      );
    case "forwarded to a method":
      return member(block(`${modifiers}${name}${typed}: void`, body), `(r) => ${own}.${name}(r)`);
    case "arrow field":
      return member(block(`${modifiers}${held} =>`, body, ";"), `${own}.${name}`);
  }
}
