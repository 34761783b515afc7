import { styleText } from "node:util";
import { printableLines } from "../printable.ts";

/** What the command line needs of an output stream; `process.stdout` and `process.stderr` are such streams. */
export interface TextStream {
  write(text: string): unknown;
  /** Whether a person reads along: decides colours and progress. */
  readonly isTTY?: boolean | undefined;
}

/** The outside world of one run, so that a test can be the outside world. */
export interface Io {
  /** Absolute; relative paths on the command line start here. */
  readonly cwd: string;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** What is read with `--stdin`, and who answers with `--interactive`. */
  readonly stdin?: AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean | undefined };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Styles a text, or gives it back as it is. */
export type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

/** Whether to write colours to a stream: never with `NO_COLOR` or `TERM=dumb`, else with `FORCE_COLOR` or on a terminal. */
export function hasColour(stream: TextStream, env: Io["env"]): boolean {
  if (env.NO_COLOR || env.TERM === "dumb") return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return stream.isTTY === true;
}

/** The paint for a stream; it leaves the text alone where there are to be no colours. */
export function createPaint(stream: TextStream, env: Io["env"]): Paint {
  if (!hasColour(stream, env)) return (_format, text) => text;
  return (format, text) => styleText(format, text, { validateStream: false });
}

/** Tells the user something beside the report, in one line or more; names in it that may hold a line break are `printable` already. */
export function warn({ stderr, env }: Io, text: string): void {
  stderr.write(`${createPaint(stderr, env)("yellow", "tapify:")} ${printableLines(text)}\n`);
}
