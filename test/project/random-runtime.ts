/** What a generated project sees of the runtime: its declarations, and their import. */

export const RUNTIME = `export declare class Task<T = void> extends Promise<T> {
  static Run<T>(work: () => T): Task<T>;
  static WaitAll(tasks: readonly PromiseLike<unknown>[]): boolean;
  readonly Result: T;
  Wait(): boolean;
  GetAwaiter(): { GetResult(): T };
}
export declare class ManualResetEvent {
  constructor(initialState: boolean);
  Set(): boolean;
  WaitOne(): boolean;
}
export interface IAsyncResult {
  readonly AsyncState: unknown;
  readonly AsyncWaitHandle: { WaitOne(): boolean };
  readonly IsCompleted: boolean;
}
export declare class ScriptedChannel {
  constructor(script: object, name: string);
  BeginQuery(callback?: ((ar: IAsyncResult) => void) | null, state?: unknown): IAsyncResult;
  EndQuery(asyncResult: IAsyncResult): string;
  QueryAsync(): Task<string>;
}
export interface LoadCompletedEventArgs {
  readonly Cancelled: boolean;
  readonly Error: Error | null;
  readonly Result: string;
}
export declare class ScriptedEvents {
  constructor(script: object, name: string);
  add_LoadCompleted(handler: (sender: unknown, e: LoadCompletedEventArgs) => void): void;
  remove_LoadCompleted(handler: (sender: unknown, e: LoadCompletedEventArgs) => void): void;
  LoadAsync(key: string, userState?: unknown): void;
}
export declare function trace(...values: unknown[]): void;
`;

export const RUNTIME_IMPORT =
  'import { ManualResetEvent, ScriptedChannel, ScriptedEvents, Task, trace } from "./runtime/index.js";';
