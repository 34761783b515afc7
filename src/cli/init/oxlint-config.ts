import { PRESETS } from "../../../rules/presets.ts";
import type { Added } from "./flat-config.ts";

const PACKAGE = "eslint-plugin-tapify";

/** Adds the plugin and its recommended rules to a `.oxlintrc.json`. One with comments is left to its owner. */
export function addToOxlintConfig(text: string): Added {
  if (text.includes(PACKAGE)) return { kind: "there already" };
  const config = parsed(text);
  if (config === null) return { kind: "not known", lines: JSON.stringify(addition(), null, 2).split("\n") };
  const { jsPlugins, rules } = addition();
  const before = config as { jsPlugins?: unknown; rules?: unknown };
  if (before.jsPlugins !== undefined && !Array.isArray(before.jsPlugins))
    return { kind: "not known", lines: JSON.stringify(addition(), null, 2).split("\n") };
  const after = {
    ...config,
    jsPlugins: [...((before.jsPlugins as unknown[] | undefined) ?? []), ...jsPlugins],
    rules: { ...(before.rules as object | undefined), ...rules },
  };
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? "  ";
  return { kind: "added", text: `${JSON.stringify(after, null, indent)}\n` };
}

function addition() {
  return { jsPlugins: [PACKAGE], rules: PRESETS.recommended };
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
