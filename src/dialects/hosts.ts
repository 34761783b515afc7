import type { HostName } from "./settings.ts";

/** How a host turns a .NET task into something a script can await. */
export type TaskToPromise =
  /** A task is a promise (or thenable) already. */
  | { readonly kind: "none" }
  /** A function takes the task and gives a promise. */
  | {
      readonly kind: "call";
      /** The helper's name where it is imported or destructured. */
      readonly helper: string;
      /** Objects that carry the helper, global or imported, best first. */
      readonly owners: readonly string[];
      /** Module that exports the helper, and whether a file has to import it: the first of the owners is no global then. */
      readonly from: string;
      readonly needsImport: boolean;
      /** What its promise rejects with: the error of the task, or a text that tells of it. */
      readonly rejectsWith: "error" | "text";
    }
  /** The task has a method that gives a promise. */
  | { readonly kind: "method"; readonly name: string }
  /** There is no dependable way; only an adapter over Begin and End works. */
  | { readonly kind: "never" };

/** Event subscription, with `X` for the event's name. */
export type EventSpelling = "add_X" | "X(add)" | "X.connect" | "addEventListener" | "on";

/** One program that runs scripts next to .NET. Source: each project's own documentation and typings. */
export interface Host {
  readonly name: HostName;
  readonly taskToPromise: TaskToPromise;
  readonly events: readonly EventSpelling[];
  /** Whether every call named `xxxAsync` / `XxxAsync` yields a promise that must be observed. */
  readonly asyncCallsYieldPromise: boolean;
  /** Whether a script function can be passed where a delegate is expected. */
  readonly functionsAreDelegates: boolean;
  /** Whether scripts have `setTimeout`. */
  readonly hasTimers: boolean;
  /** Whether a script is a program with an exit code, which an error that nobody catches ends. */
  readonly hasExitCode: boolean;
  /** Whether members surely have names in lower case here, or may have been given them: one is a witness as .NET's spelling is. */
  readonly trustsLowerCase: boolean;
  /** Whether a function of .NET blocks where it is called with `true` behind its argument. */
  readonly blocksOnFlag: boolean;
  /** Whether an object that is handed over comes back as the same one: over a bridge only a primitive surely does. */
  readonly keepsObjects: boolean;
  /** Text that only this host's scripts hold: identifiers or dotted names. */
  readonly marks: readonly RegExp[];
}

const NONE: Host = {
  name: "none",
  taskToPromise: { kind: "none" },
  events: ["add_X", "on", "addEventListener"],
  asyncCallsYieldPromise: false,
  functionsAreDelegates: true,
  hasTimers: true,
  hasExitCode: true,
  trustsLowerCase: false,
  blocksOnFlag: false,
  keepsObjects: true,
  marks: [],
};

/** Every host by name. Marks are tried in this order, so a host whose marks include another's comes first. */
export const HOSTS: Readonly<Record<HostName, Host>> = {
  none: NONE,
  // It has no .NET; what it makes of the functions that it calls is in `completion-parameters.ts`.
  "aws-lambda": { ...NONE, name: "aws-lambda", hasExitCode: false },
  onejs: {
    name: "onejs",
    taskToPromise: { kind: "none" },
    events: ["add_X"],
    asyncCallsYieldPromise: false,
    functionsAreDelegates: true,
    hasTimers: true,
    hasExitCode: false,
    trustsLowerCase: false,
    blocksOnFlag: false,
    keepsObjects: false,
    marks: [/\bfrom\s*["']onejs(?:-[\w/-]+)?["']/],
  },
  puerts: {
    name: "puerts",
    taskToPromise: {
      kind: "call",
      helper: "$promise",
      owners: ["puer", "puerts"],
      from: "puerts",
      needsImport: false,
      rejectsWith: "text",
    },
    events: ["add_X"],
    asyncCallsYieldPromise: false,
    functionsAreDelegates: true,
    hasTimers: true,
    hasExitCode: false,
    trustsLowerCase: false,
    blocksOnFlag: false,
    keepsObjects: false,
    marks: [
      /\bpuer(?:ts)?\s*\.\s*\$\w/,
      /puer(?:ts)?\b(?<=\$\w[^{}]*\}\s*=\s*puer(?:ts)?)/,
      /\bfrom\s*["']puerts["']/,
      /\brequire\(\s*["'](?:puerts|csharp)["']\s*\)/,
      /\bfrom\s*["']csharp["']/,
      /\bCS\s*\.\s*(?:System|UnityEngine)\b/,
    ],
  },
  "unity-jsb": {
    name: "unity-jsb",
    taskToPromise: {
      kind: "call",
      helper: "Yield",
      owners: ["jsb"],
      from: "jsb",
      needsImport: true,
      rejectsWith: "error",
    },
    events: ["X(add)"],
    asyncCallsYieldPromise: false,
    functionsAreDelegates: true,
    hasTimers: true,
    hasExitCode: false,
    trustsLowerCase: false,
    blocksOnFlag: false,
    keepsObjects: false,
    marks: [/\bfrom\s*["']jsb["']/, /\brequire\(\s*["']jsb["']\s*\)/],
  },
  clearscript: {
    name: "clearscript",
    taskToPromise: { kind: "method", name: "ToPromise" },
    events: ["X.connect"],
    asyncCallsYieldPromise: false,
    functionsAreDelegates: false,
    hasTimers: false,
    hasExitCode: false,
    trustsLowerCase: false,
    blocksOnFlag: false,
    keepsObjects: false,
    marks: [/\.ToPromise\(\s*\)/, /\bhost\s*\.\s*(?:proc|func|del|newObj|typeOf|lib)\s*\(/],
  },
  jint: {
    name: "jint",
    taskToPromise: { kind: "never" },
    events: ["add_X"],
    asyncCallsYieldPromise: false,
    functionsAreDelegates: true,
    hasTimers: false,
    hasExitCode: false,
    trustsLowerCase: true,
    blocksOnFlag: false,
    keepsObjects: false,
    marks: [/\bimportNamespace\s*\(/],
  },
  "node-api-dotnet": {
    name: "node-api-dotnet",
    taskToPromise: { kind: "none" },
    events: [],
    asyncCallsYieldPromise: true,
    functionsAreDelegates: true,
    hasTimers: true,
    hasExitCode: true,
    trustsLowerCase: true,
    blocksOnFlag: false,
    keepsObjects: false,
    marks: [/["']node-api-dotnet(?:\/[\w.]+)?["']/],
  },
  "edge-js": {
    name: "edge-js",
    taskToPromise: { kind: "never" },
    events: [],
    asyncCallsYieldPromise: false,
    functionsAreDelegates: true,
    hasTimers: true,
    hasExitCode: true,
    trustsLowerCase: true,
    blocksOnFlag: true,
    keepsObjects: false,
    marks: [/["']edge-js["']/, /\bedge\s*\.\s*func\s*\(/],
  },
  winrt: {
    name: "winrt",
    taskToPromise: { kind: "none" },
    events: ["addEventListener"],
    asyncCallsYieldPromise: true,
    functionsAreDelegates: true,
    hasTimers: true,
    hasExitCode: false,
    trustsLowerCase: true,
    blocksOnFlag: false,
    keepsObjects: false,
    marks: [
      /\bWinJS\s*\.\s*\w/,
      /\bWindows\s*\.\s*(?:Storage|Foundation|Networking|Devices|Web|Media|UI|ApplicationModel|Security|Graphics|Data)\b/,
    ],
  },
};
