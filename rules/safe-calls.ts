import type { JSONSchema } from "@typescript-eslint/utils";

/** A call that may be left to itself, as `allowForKnownSafeCalls` names it. */
export type SafeCall =
  | string
  | { readonly from: "file" | "lib" | "package"; readonly name: string | readonly string[]; readonly package?: string };

export const SAFE_CALL_SCHEMA: JSONSchema.JSONSchema4 = {
  type: "array",
  description:
    "Calls that may be left to themselves: names such as `it` or `server.listen`, or objects that also say where the name comes from.",
  items: {
    oneOf: [
      { type: "string" },
      {
        type: "object",
        additionalProperties: false,
        required: ["from", "name"],
        properties: {
          from: {
            type: "string",
            enum: ["file", "lib", "package"],
            description: "Where the function is declared: in the project, by the platform, in a package.",
          },
          name: {
            oneOf: [{ type: "string" }, { type: "array", minItems: 1, uniqueItems: true, items: { type: "string" } }],
            description: "The name, or the names.",
          },
          package: { type: "string", description: 'The package, for `from: "package"`.' },
        },
      },
    ],
  },
};

/** Whether a call is one of those that an option names: by its whole dotted path, or by its last part. */
export function isSafeCall(
  callee: { readonly path: string | null; readonly module: string | null },
  safe: SafeCall,
): boolean {
  if (callee.path === null) return false;
  const names = typeof safe === "string" ? [safe] : typeof safe.name === "string" ? [safe.name] : safe.name;
  if (!names.some((name) => callee.path === name || callee.path!.endsWith(`.${name}`))) return false;
  if (typeof safe === "string") return true;
  const isPackage = callee.module !== null && !/^[./]/.test(callee.module);
  if (safe.from === "package")
    return isPackage && (safe.package === undefined || safe.package.replace(/^node:/, "") === callee.module);
  return safe.from === "file" ? !isPackage : callee.module === null;
}
