/** Links that hold a trial: deflated JSON in the part of the address behind the "#", which browsers never send to a server. */
import { exampleOf } from "./examples.ts";
import type { Trial } from "./protocol.ts";
import { completed, shortened, trialOf } from "./trial.ts";

const CODE = "#code=";
const EXAMPLE = "#example=";

/** The part of a link behind the address of the page; it begins with "#". */
export async function linkOf(trial: Trial): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(shortened(trial)));
  const binary = Array.from(await through(bytes, new CompressionStream("deflate-raw")), (byte) =>
    String.fromCharCode(byte),
  );
  return CODE + btoa(binary.join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * Reads such a part; `#example=ID` gives an example.
 *
 * @returns `null` for one that holds nothing that can be read.
 */
export async function trialIn(hash: string): Promise<Trial | null> {
  if (hash.startsWith(EXAMPLE)) {
    const example = exampleOf(hash.slice(EXAMPLE.length));
    return example === null ? null : trialOf(example);
  }
  if (!hash.startsWith(CODE)) return null;
  try {
    const binary = atob(hash.slice(CODE.length).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return completed(
      JSON.parse(new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw")))),
    );
  } catch {
    // It was cut off, or is none of ours.
    return null;
  }
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}
