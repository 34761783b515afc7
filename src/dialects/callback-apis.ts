/**
 * Functions that take a callback, give nothing that can be awaited and are known by name. Source: the HTML standard, the Node.js reference, the
 * reference of the Office JavaScript Common API and of SharePoint's client object model.
 */

/** Global functions that call their first argument later. */
export const CALLBACK_GLOBALS: ReadonlySet<string> = new Set([
  "setTimeout",
  "setInterval",
  "setImmediate",
  "requestAnimationFrame",
  "requestIdleCallback",
  "process.nextTick",
  "queueMicrotask",
]);

/** The Common API of Office: `Office.context.document.getSelectedDataAsync(type, callback)`. */
export const OFFICE_CALL = /^Office\.context\.(?:\w+\.)*\w+Async$/;
/** The path of its root object, or of an object on it; and the name of the type of such an object. */
export const OFFICE_OBJECT = /^Office\.context(?:\.|$)/;
export const OFFICE_TYPE = /^Office\./;

/** The one call of SharePoint's client object model that sends what has been asked for; it takes a callback for success, and one for failure. */
export const JSOM_CALL = "executeQueryAsync";

/** Starters of .NET types with event-based operations: they return nothing. Source: the reference pages of the types. */
export const KNOWN_STARTERS: ReadonlyMap<string, RegExp> = new Map([
  ["BackgroundWorker", /^RunWorkerAsync$/],
  ["PictureBox", /^LoadAsync$/],
  ["Ping", /^SendAsync$/],
  ["SmtpClient", /^SendAsync$/],
  ["SoundPlayer", /^LoadAsync$/],
  ["WebClient", /^(?:Download|Upload)(?:Data|File|String|Values)Async$|^Open(?:Read|Write)Async$/],
]);

/**
 * Objects of the browser whose methods start something, give nothing, and tell of it by their events. Source: the File API and the standard of
 * XMLHttpRequest.
 */
export const EVENT_STARTERS: ReadonlyMap<string, RegExp> = new Map([
  ["FileReader", /^readAs(?:ArrayBuffer|BinaryString|DataURL|Text)$/],
  ["XMLHttpRequest", /^send$/],
]);

/** Objects of the browser whose methods give a request, which is no promise and tells by its events. Source: the Indexed Database API. */
export const REQUEST_STARTERS: ReadonlyMap<string, RegExp> = new Map([
  ["IDBCursor", /^(?:delete|update)$/],
  ["IDBCursorWithValue", /^(?:delete|update)$/],
  ["IDBFactory", /^(?:deleteDatabase|open)$/],
  ["IDBIndex", /^(?:count|get(?:All(?:Keys|Records)?|Key)?|open(?:Key)?Cursor)$/],
  ["IDBObjectStore", /^(?:add|clear|count|delete|get(?:All(?:Keys|Records)?|Key)?|open(?:Key)?Cursor|put)$/],
]);
/** The global through which all of these are come by. */
export const REQUEST_CALL = /^indexedDB\.(?:deleteDatabase|open)$/;
/** The types of what they give. */
export const REQUEST_TYPES: ReadonlySet<string> = new Set(["IDBOpenDBRequest", "IDBRequest"]);

/** Classes of Unity whose methods give an operation, which is neither a task nor a promise. Source: the scripting reference of Unity. */
export const ENGINE_OPERATIONS: ReadonlyMap<string, RegExp> = new Map([
  ["Addressables", /^[A-Z]\w*Async$/],
  ["AssetBundle", /^Load\w*Async$/],
  ["GameObject", /^InstantiateAsync$/],
  ["Object", /^InstantiateAsync$/],
  ["Resources", /^(?:LoadAsync|UnloadUnusedAssets)$/],
  ["SceneManager", /^(?:Load|Unload)SceneAsync$/],
  ["UnityWebRequest", /^SendWebRequest$/],
]);
/** What a name of Unity's own starts with, at a global or behind an import of .NET's namespaces. */
export const ENGINE_NAMESPACE = /^(?:CS\.)?UnityEngine\./;

/** Members of an array that call a function for each element and give nothing. */
export const FOR_EACH = "forEach";
/** Static members of `Object` that give an array. */
export const ARRAY_MAKERS: ReadonlySet<string> = new Set([
  "Object.entries",
  "Object.keys",
  "Object.values",
  "Array.from",
  "Array.of",
]);
/** Members of an array that give another. */
export const ARRAY_VIEWS: ReadonlySet<string> = new Set([
  "concat",
  "filter",
  "flat",
  "reverse",
  "slice",
  "sort",
  "splice",
]);
/** Types of the language with a `forEach`. */
export const EACH_TYPES: ReadonlySet<string> = new Set([
  "Array",
  "Map",
  "ReadonlyArray",
  "ReadonlyMap",
  "ReadonlySet",
  "Set",
]);
