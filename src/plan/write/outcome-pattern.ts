import type { OperationForm } from "../../dialects/dialect.ts";

/** A pattern that takes several values out of what is awaited, by the names of the values in the dialect; of those that are not used, none. */
export function outcomePattern({ awaited, outcome }: OperationForm, targets: ReadonlyMap<string, string>): string {
  if (awaited.gives === "members") {
    const members = Array.from(targets, ([name, target]) => (target === name ? target : `${name}: ${target}`));
    return `{ ${members.join(", ")} }`;
  }
  const names = outcome.flatMap((part) => (part.role === "value" ? [part.name] : []));
  const last = names.findLastIndex((name) => targets.has(name));
  const elements = names.slice(0, last + 1).map((name) => targets.get(name) ?? "");
  return `[${elements.join(", ")}]`;
}
