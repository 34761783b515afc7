/** Names of functions that the outside starts and whose result nobody needs: they may become async without a caller. */
export const ENTRY_POINT_NAMES: ReadonlySet<string> = new Set(["main", "Main"]);

/** Names that are entry points when exported: serverless platforms call them and await what they return. */
export const EXPORTED_ENTRY_POINT_NAMES: ReadonlySet<string> = new Set(["handler"]);

/** What a function is called that a script calls at its end, to be what the script does. */
export const ENTRY_CALL_NAME = /^(?:boot|bootstrap|cli|go|init|initialize|launch|main|run|start)(?:[A-Z_]\w*)?$/i;
