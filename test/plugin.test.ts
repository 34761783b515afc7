import { describe, expect, it } from "vitest";
import { PRESETS } from "../rules/presets.ts";
import plugin from "../src/index.ts";

const rules = Object.entries(plugin.rules!);

describe("the plugin", () => {
  it("says who it is", () => {
    expect(plugin.meta).toMatchObject({ name: "eslint-plugin-tapify", namespace: "tapify" });
    expect(plugin.meta!.version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it("has each rule in the preset `all`, and those that have been tried widely in another", () => {
    const others = Object.entries(PRESETS).flatMap(([name, entries]) => (name === "all" ? [] : Object.keys(entries)));
    for (const [name] of rules) expect(PRESETS.all).toHaveProperty([`tapify/${name}`]);
    expect(rules.map(([name]) => `tapify/${name}`).filter((name) => !others.includes(name))).toEqual([
      "tapify/no-mutation-while-pending",
    ]);
  });

  it("has no rule in a preset that does not exist", () => {
    const known = rules.map(([name]) => `tapify/${name}`);
    for (const entries of Object.values(PRESETS)) expect(known).toEqual(expect.arrayContaining(Object.keys(entries)));
  });

  it("has the configs of the presets, each with itself as the plugin", () => {
    for (const [name, entries] of Object.entries(PRESETS)) {
      const config = plugin.configs[name as keyof typeof PRESETS];
      expect(config).toEqual({ name: `tapify/${name}`, plugins: { tapify: plugin }, rules: entries });
      expect(config.plugins!["tapify"]).toBe(plugin);
    }
  });

  it("has these presets", () => {
    expect(PRESETS).toMatchSnapshot();
  });
});

describe.each(rules)("the rule %s", (name, rule) => {
  it("has what it needs to be documented", () => {
    const { docs, messages, schema } = rule.meta!;
    expect(docs?.url).toMatch(new RegExp(`/docs/rules/${name}\\.md$`));
    expect(docs?.description).toMatch(/^(?:disallow|enforce|prefer|require) .+[^.]$/);
    for (const message of Object.values(messages!)) expect(message).toMatch(/[.)}]$/);
    for (const options of schema as {
      properties: Record<string, { description?: string }>;
      additionalProperties: boolean;
    }[]) {
      expect(options.additionalProperties).toBe(false);
      for (const option of Object.values(options.properties)) expect(option.description).toMatch(/\.$/);
    }
  });

  it("is recommended where the preset says so", () => {
    expect(rule.meta!.docs!.recommended).toBe(`tapify/${name}` in PRESETS.recommended);
  });

  it("has these options", () => {
    expect({ schema: rule.meta!.schema, defaultOptions: rule.meta!.defaultOptions }).toMatchSnapshot();
  });
});
