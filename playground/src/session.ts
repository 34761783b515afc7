import type { Answer, Question, Trial } from "./protocol.ts";

/** How long a text may take. No text that somebody looks at takes as long; the parser may have to be loaded first. */
const LONGEST_MS = 60_000;

/** What came of the latest trial; `null` where it took too long. */
export type Listener = (answer: Answer | null) => void;

/** Asks a worker. Only the latest question matters: answers to those before it are dropped, and none waits for them. */
export class Session {
  readonly #listener: Listener;
  #worker: Worker | null = null;
  #asked = 0;
  /** The question that is being answered, and the one to ask after it. */
  #open: number | null = null;
  #next: Trial | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  ask(trial: Trial): void {
    this.#next = trial;
    if (this.#open === null) this.#send();
  }

  #send(): void {
    const trial = this.#next;
    if (trial === null) return;
    this.#next = null;
    this.#open = ++this.#asked;
    this.#worker ??= this.#start();
    this.#worker.postMessage({ id: this.#open, trial } satisfies Question);
    this.#timer = setTimeout(() => this.#giveUp(), LONGEST_MS);
  }

  #start(): Worker {
    const worker = new Worker(new URL("./worker/main.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
      if (data.id === this.#open) this.#close(data);
    });
    // A part of it could not be loaded.
    worker.addEventListener("error", () => this.#giveUp());
    return worker;
  }

  #close(answer: Answer | null): void {
    clearTimeout(this.#timer);
    this.#open = null;
    if (this.#next === null) this.#listener(answer);
    else this.#send();
  }

  #giveUp(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#close(null);
  }
}
