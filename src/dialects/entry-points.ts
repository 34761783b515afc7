/** Names of functions that the outside starts and whose result nobody needs: they may become async without a caller. */
export const ENTRY_POINT_NAMES: ReadonlySet<string> = new Set(["main", "Main"]);

/** Names that are entry points when exported: serverless platforms call them and await what they return. */
export const EXPORTED_ENTRY_POINT_NAMES: ReadonlySet<string> = new Set(["handler"]);
