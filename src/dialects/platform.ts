/** Classes of the script platform whose instances are what their names say. Source: the ECMAScript and WHATWG references. */
export const PLAIN_CLASSES: ReadonlySet<string> = new Set([
  "Array",
  "ArrayBuffer",
  "DataView",
  "Date",
  "Error",
  "Map",
  "Object",
  "Promise",
  "RangeError",
  "RegExp",
  "Set",
  "TypeError",
  "URL",
  "Uint8Array",
  "WeakMap",
  "WeakSet",
]);

/** Interfaces that are known by name, with all that they declare. */
export const KNOWN_INTERFACES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["IAsyncDisposable", new Set(["DisposeAsync", "disposeAsync"])],
  ["IDisposable", new Set(["Dispose", "dispose"])],
]);
