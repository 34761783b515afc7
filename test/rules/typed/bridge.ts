/** What the typings of a bridge look like: tasks without members under qualified names. */
export declare namespace System.Threading.Tasks {
  interface Task$1<T> {
    readonly __result?: T;
  }
}

export interface Client {
  Count(): System.Threading.Tasks.Task$1<number>;
  save(): Promise<void>;
  run(): { then(resolve: (value: number) => void, reject: (reason: unknown) => void): void };
  Size(): number;
  PutAsync(key: string): void;
  anything: any;
}

export declare const client: Client;
export declare function load(): Promise<number>;
export declare const loaders: readonly (() => Promise<number>)[];

/** Blocking methods beside awaitable ones. */
export interface Store {
  Load(id: number): string;
  LoadAsync(id: number, signal?: AbortSignal): Promise<string>;
  Find(id: number): string;
  FindAsync(id: number): System.Threading.Tasks.Task$1<string>;
  Count(): number;
  CountAsync(): Promise<string>;
  Drop(id: number): void;
  DropAsync(id: string): Promise<void>;
  Save(): void;
  /** @deprecated Use `Save`. */
  SaveAsync(): Promise<void>;
  Send(text: string): void;
  SendAsync(text: string): void;
  Post(done: (error: Error | null) => void): void;
}

interface AbortSignal {
  readonly aborted: boolean;
}

export declare const store: Store;
export declare class Disk {
  static Open(path: string): Disk;
  static OpenAsync(path: string): Promise<Disk>;
}
/** A task class whose tasks are promises, and one whose tasks are not. */
export declare class Task<T> extends Promise<T> {
  static readonly Factory: { StartNew<T>(work: () => T): Task<T> };
}
export declare namespace Raw {
  class Task<T> {
    static readonly Factory: { StartNew<T>(work: () => T): Task<T> };
    readonly Result: T;
  }
}

declare function readClock(): number;
declare function fetchClock(): Promise<number>;

/** A clock for tests, whose awaitable methods let other work run before they do the same; but for one, which really waits. */
class FakeClock {
  #now = 0;
  #isDue = true;

  tick(milliseconds = 0): void {
    this.#now += milliseconds;
  }

  async tickAsync(milliseconds = 0): Promise<void> {
    await this.settle();
    this.#now += milliseconds;
  }

  next(): boolean {
    this.#isDue = Math.max(this.#now, 0) > 0;
    return this.#isDue;
  }

  async nextAsync(): Promise<boolean> {
    await this.settle();
    return this.next();
  }

  runAll(): void {
    while (this.next()) this.tick();
  }

  async runAllAsync(): Promise<void> {
    while (await this.nextAsync()) this.tick();
  }

  sync(): void {
    this.#now = readClock();
  }

  async syncAsync(): Promise<void> {
    this.#now = await fetchClock();
  }

  async settle(): Promise<void> {
    await Promise.resolve();
  }
}

export const clock: FakeClock = new FakeClock();
