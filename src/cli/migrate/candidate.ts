import type { FoundFile } from "../files/discover.ts";
import type { SourceText } from "../files/source-text.ts";

/** A file that passed the text test. */
export interface Candidate extends FoundFile {
  readonly original: SourceText;
}
