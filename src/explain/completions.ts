import { contains } from "../ast/flow.ts";
import { wrapped } from "../ast/names.ts";
import { textOf, type TSESTree } from "../ast/source.ts";
import { OWN_SIGNALS } from "../dialects/completion-parameters.ts";
import { outcomeOf } from "../plan/decide/completion-calls.ts";
import { signalsOf, tellerOf, type Signal } from "../plan/decide/completion-signals.ts";
import { completionSitesOf, type CompletionSite } from "../recognize/completion/completion-sites.ts";
import { parameterName } from "../recognize/completion/parameters.ts";
import type { Context } from "../recognize/context.ts";
import { displayName } from "../recognize/display.ts";
import { unpromisedOperationsOf } from "../recognize/operations/promised.ts";
import { completionWitnesses } from "./completion-witnesses.ts";
import { headOf, ownCode } from "./parts.ts";
import type { OutcomePart, Recognised } from "./recognised.ts";

/** The functions of a file that are called with a completion parameter. */
export function recognisedCompletions(context: Context): Recognised[] {
  return completionSitesOf(context).map((site) => {
    const signals = signalsOf(context, site);
    return {
      kind: "completion",
      dialect: "functions with a completion parameter",
      nameNode: site.nameNode,
      name: site.name,
      delivery: deliveryOf(context, site, signals),
      outcome: signals.flatMap((signal) => outcomeAt(context, site, signal)),
      witnesses: completionWitnesses(context, site),
      parts: partsOf(context, site, signals),
      untouched: whyUntouched(context, site),
    };
  });
}

/** Why no migration says anything of a function, if none does. */
function whyUntouched(context: Context, site: CompletionSite): string | null {
  if (isIdleTest(context, site)) return "No operation that could be awaited is known in it.";
  return site.host?.calledBy === "library"
    ? `It changes with the call of ${toldOf(site)} that it is given to, or stays with it.`
    : null;
}

/** Whether a function is a test in which nothing can be awaited: it stays as it is. */
function isIdleTest(context: Context, { fn, host }: CompletionSite): boolean {
  return host?.calledBy === "runner" && !unpromisedOperationsOf(context).some(({ call }) => contains(fn, call));
}

function deliveryOf({ source }: Context, site: CompletionSite, signals: readonly Signal[]): string {
  const { fn, parameter } = site;
  const told = toldOf(site);
  const members = unique(signals.flatMap((signal) => (signal.isOwn ? [] : tellerOf(signal))));
  const byMembers = `${members.join(" and ")} ${members.length === 1 ? "is" : "are"} used`;
  if (parameter === null) return `${byMembers} to tell ${told} the outcome.`;
  const name = parameterName(fn, fn.params.indexOf(parameter));
  if (name === null) return `What the parameter ${textOf(source, parameter)} takes is to tell ${told} the outcome.`;
  const ways = unique(signals.flatMap((signal) => (signal.isOwn ? wayOf(signal) : [])));
  if (ways.length === 0 && members.length === 0)
    return `Nothing uses the parameter ${name}, which is to tell ${told} the outcome.`;
  const byParameter = `The parameter ${name} is ${ways.length === 0 ? "not used" : ways.join(" and ")}`;
  return `${[byParameter, ...(members.length === 0 ? [] : [byMembers])].join(", and ")} to tell ${told} the outcome.`;
}

/** Who is told the outcome, within a sentence. */
function toldOf({ host }: CompletionSite): string {
  return host === null ? "the callers of the function" : host.caller.name.replace(/^The /, "the ");
}

/** What is done with a completion parameter at a place. */
function wayOf(signal: Signal): string {
  const { at, named } = signal;
  const teller = tellerOf(signal);
  if (teller !== displayName(named)) return `used as ${teller}`;
  if (at !== null) return "called";
  const place = wrapped(named);
  const { parent } = place;
  if (parent?.type !== "CallExpression" && parent?.type !== "NewExpression") return "used otherwise";
  return parent.callee === place ? "called" : "handed on";
}

/** What is told at a place; nothing where that is only that the function is done. */
function outcomeAt(context: Context, { host }: CompletionSite, signal: Signal): OutcomePart[] {
  const name = tellerOf(signal);
  const part = (role: OutcomePart["role"]): OutcomePart => ({ role, name, node: signal.named });
  if (signal.at === null) return [part("whole")];
  const told = outcomeOf(context, signal.at.given, signal.at.telling, host?.signals ?? OWN_SIGNALS);
  switch (told?.kind) {
    case undefined:
      return [part("whole")];
    case "done":
      return [];
    case "answer":
      return told.value === null ? [] : [part("value")];
    case "error":
      return [part("error"), ...(told.value === null ? [] : [part("value")])];
  }
}

function partsOf({ source }: Context, { fn, host }: CompletionSite, signals: readonly Signal[]): Recognised["parts"] {
  const given = [...(host?.given ?? [])].filter((node) => node.type === "Identifier");
  return [
    headOf(fn),
    ...given.map((node: TSESTree.Node) => node.range),
    ...signals.flatMap(({ at, named }) => (at === null ? [named.range] : ownCode(source, at.call))),
  ];
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}
