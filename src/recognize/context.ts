import type { Source, TSESTree } from "../ast/source.ts";
import { HOSTS, type Host } from "../dialects/hosts.ts";
import type { Settings } from "../dialects/settings.ts";
import { typeEvidence, type TypeEvidence } from "./types.ts";

/** What every recogniser needs: the file, the user's settings, the host, and type evidence where there is any. */
export interface Context {
  readonly source: Source;
  readonly settings: Settings;
  readonly host: Host;
  readonly types: TypeEvidence | null;
}

/** The host a file is written for: the one named in the settings, else the one whose marks the text bears. */
export function hostOf(text: string, settings: Settings): Host {
  const named = HOSTS[settings.host ?? "none"];
  if (named.name !== "none") return named;
  return Object.values(HOSTS).find((host) => host.marks.some((mark) => mark.test(text))) ?? named;
}

/** Makes the context of a file. */
export function createContext(source: Source, settings: Settings): Context {
  let host: Host | undefined;
  return {
    source,
    settings,
    // Most files are done with before anyone asks for the host.
    get host() {
      return (host ??= hostOf(source.text, settings));
    },
    types: typeEvidence(source),
  };
}

/**
 * Remembers a fact per context and node: recognisers ask the same question from many sides.
 *
 * @param isProvisional whether an answer that has just been computed may be another one when it is asked for alone: it is not kept then
 */
export function memoize<Key extends TSESTree.Node, Value>(
  compute: (context: Context, key: Key) => Value,
  whileComputing: Value,
  isProvisional: (context: Context) => boolean = () => false,
): (context: Context, key: Key) => Value {
  const perContext = new WeakMap<Context, WeakMap<TSESTree.Node, Value>>();
  return (context, key) => {
    let known = perContext.get(context);
    if (known === undefined) perContext.set(context, (known = new WeakMap()));
    if (known.has(key)) return known.get(key)!;
    // A question that comes back to itself (mutual recursion, `a = b; b = a`) has no answer.
    known.set(key, whileComputing);
    try {
      const value = compute(context, key);
      if (isProvisional(context)) known.delete(key);
      else known.set(key, value);
      return value;
    } catch (error) {
      // Nobody may take the stopgap for the answer.
      known.delete(key);
      throw error;
    }
  };
}
