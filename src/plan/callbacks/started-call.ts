import type { RefusalCode } from "../codes.ts";
import type { Operation } from "../../recognize/begin-end/operation.ts";
import { lowerFirst } from "../naming.ts";
import type { Text } from "../write/text.ts";

/** The expression that starts an operation and gives a promise, or why there is none. */
export type Start =
  | {
      readonly text: Text;
      readonly kind: "twin" | "adapter";
      /** Import to add: the host's helper. */ readonly needsImport: {
        readonly name: string;
        readonly from: string;
      } | null;
    }
  | { readonly refusal: RefusalCode };

/** A name for the started operation: the stem, `putObject`. */
export function startName(operation: Operation): string[] {
  const name = lowerFirst(operation.stem);
  return [name, `${name}Started`];
}
