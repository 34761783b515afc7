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
