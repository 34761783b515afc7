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
