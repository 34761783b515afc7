import type { Io } from "../../io.ts";

/** What may be answered, as `git add -p` words it. */
export const ANSWERS = {
  y: "migrate this",
  n: "do not migrate this",
  a: "migrate this and all later ones in the file",
  A: "migrate this and all later ones in all files",
  d: "do not migrate this or any of the later ones in the file",
  q: "quit; do not migrate this or any of the later ones",
  "?": "print help",
} as const;
export type Answer = Exclude<keyof typeof ANSWERS, "?">;

/** Asks a person, who answers with a line of text each time. */
export class Person {
  readonly #io: Io;
  readonly #lines: AsyncGenerator<string>;

  constructor(io: Io) {
    this.#io = io;
    this.#lines = linesOf(io.stdin);
  }

  /** The answer to a question, which is asked until there is one. The end of the input quits. */
  async answer(question: string): Promise<Answer> {
    for (;;) {
      this.#io.stdout.write(`${question} [${Object.keys(ANSWERS).join(",")}]? `);
      const next: IteratorResult<string, unknown> = await this.#lines.next();
      if (next.done === true) return "q";
      const answer = next.value.trim();
      if (answer !== "?" && Object.hasOwn(ANSWERS, answer)) return answer as Answer;
      this.#io.stdout.write(
        `${Object.entries(ANSWERS)
          .map(([name, does]) => `${name} - ${does}`)
          .join("\n")}\n`,
      );
    }
  }

  /** Reads no more. */
  async leave(): Promise<void> {
    await this.#lines.return(undefined);
  }
}

async function* linesOf(input: Io["stdin"]): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of input ?? []) {
    rest += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    const lines = rest.split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== "") yield rest;
}
