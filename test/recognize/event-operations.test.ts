import { describe, expect, it } from "vitest";
import { textOf } from "../../src/ast/source.ts";
import { mayContain } from "../../src/dialects/text/text-test.ts";
import { eventOperationsOf, handlerOf } from "../../src/recognize/events/event-operations.ts";
import { analyzed } from "./analyzed.ts";

/** The operations of a text, in a form that shows at a glance what belongs to each. */
function operations(text: string): object[] {
  const context = analyzed(text);
  const show = (node: Parameters<typeof textOf>[1]): string => textOf(context.source, node);
  return eventOperationsOf(context).map((operation) => ({
    stem: operation.stem,
    starters: operation.starters.map(({ call }) => show(call)),
    events: operation.subscriptions.map(({ event, spelling }) => `${spelling} ${event}`),
    removals: operation.removals.map(({ node }) => show(node)),
    progress: operation.progress.map(({ event }) => event),
    cancels: operation.cancels.map(({ call }) => show(call)),
    busyReads: operation.busyReads.map(show),
    isCancellable: operation.isCancellable,
  }));
}

describe("what belongs to an operation", () => {
  it("is found on the one object, under all its names", () => {
    const text = `class Loader {
  constructor(private client: any) {}
  load(uri: Uri) {
    const client = this.client;
    if (client.IsBusy) return;
    client.add_DownloadStringCompleted(this.onCompleted);
    this.client.add_DownloadProgressChanged(onProgress);
    client.DownloadStringAsync(uri, this);
  }
  stop() { this.client.CancelAsync(); }
  close() { this.client.remove_DownloadStringCompleted(this.onCompleted); }
}`;
    expect(operations(text)).toEqual([
      {
        stem: "downloadstring",
        starters: ["client.DownloadStringAsync(uri, this)"],
        events: ["accessor DownloadStringCompleted"],
        removals: ["this.client.remove_DownloadStringCompleted(this.onCompleted)"],
        progress: ["DownloadProgressChanged"],
        cancels: ["this.client.CancelAsync()"],
        busyReads: ["client.IsBusy"],
        isCancellable: true,
      },
    ]);
  });

  it("is kept apart where objects or operations differ", () => {
    const text = `a.add_LoadCompleted(f); a.LoadAsync(); a.add_SaveCompleted(g); a.SaveAsync(); a.SaveAsyncCancel();
b.add_LoadCompleted(f); b.LoadAsync();`;
    expect(operations(text)).toMatchObject([
      { stem: "load", starters: ["a.LoadAsync()"], cancels: [], isCancellable: false },
      { stem: "save", starters: ["a.SaveAsync()"], cancels: ["a.SaveAsyncCancel()"], isCancellable: true },
      { stem: "load", starters: ["b.LoadAsync()"], cancels: [] },
    ]);
  });

  it("keeps `this` of different classes apart", () => {
    const text = `class A { constructor() { this.client.add_LoadCompleted(f); } }
class B { load() { this.client.LoadAsync(); } }`;
    expect(operations(text)).toEqual([]);
  });
});

describe("spellings", () => {
  it.each([
    ["client.add_LoadCompleted(f)", "accessor LoadCompleted"],
    ["client.addLoadCompleted(f)", "accessor LoadCompleted"],
    ["client.addLoadCompletedHandler(f)", "accessor LoadCompleted"],
    ["client.LoadCompleted.connect(f)", "eventObject LoadCompleted"],
    ["client.LoadCompleted.add(f)", "eventObject LoadCompleted"],
    ["client.LoadCompleted.once(f)", "eventObject LoadCompleted"],
    ["client.LoadCompleted('add', f)", "eventCall LoadCompleted"],
    ["client.LoadCompleted += f", "operator LoadCompleted"],
    ["client.LoadCompleted = () => {}", "property LoadCompleted"],
    ["client.onLoadCompleted = () => {}", "property LoadCompleted"],
    ["client.on('LoadCompleted', f)", "named LoadCompleted"],
    ["client.addEventListener(`LoadCompleted`, f)", "named LoadCompleted"],
    ["client.LoadAsyncCompleted.add(f)", "eventObject LoadAsyncCompleted"],
  ])("%s", (subscription, event) => {
    const text = `${subscription}; client.LoadAsync();`;
    expect(operations(text)).toMatchObject([{ stem: "load", events: [event] }]);
    expect(mayContain(text, "eventOperation")).toBe(true);
  });

  it.each([
    ["client.add_loadCompleted((s, e) => e.error)", "client.loadAsync()"],
    ["client.loadCompleted.connect((s, e) => e.cancelled)", "client.loadAsync()"],
    ["client.addEventListener('loadcompleted', (e) => e.userState)", "client.loadAsync()"],
    ["client.onloadcompleted = (e) => e.error", "client.loadAsync()"],
    ["client.once('loadCompleted', ({ error }) => error)", "client.loadAsync()"],
    ["client.addEventListener('completed', (e) => e.cancelled)", "client.loadAsync()"],
    ["flow.oncompleted = (e) => e.cancelled", "flow.run()"],
    ["flow.Completed = (e: WorkflowApplicationCompletedEventArgs) => {}", "flow.Run()"],
    ["(client.LoadCompleted as any).add(f)", "(client.LoadAsync as any)()"],
    ["client /* a */ . add_LoadCompleted /* b */ (f)", "client . LoadAsync /* c */ ()"],
    ["client['LoadCompleted']['connect'](f)", "client['LoadAsync']()"],
    ["client.LoadCompleted\n  // of the page\n  .add(f)", "client\n  .LoadAsync()"],
  ])("%s with %s", (subscription, start) => {
    const text = `${subscription};\n${start};`;
    expect(operations(text)).toHaveLength(1);
    expect(mayContain(text, "eventOperation")).toBe(true);
  });

  it("knows the start of a BackgroundWorker by itself", () => {
    expect(operations("worker.RunWorkerAsync(job);")).toMatchObject([{ stem: "runworker", events: [] }]);
  });
});

describe("no operation", () => {
  it.each([
    "client.LoadAsync();",
    "client.add_LoadCompleted(f);",
    "client.add_LoadCompleted(f); await client.LoadAsync();",
    "client.add_LoadCompleted(f); const load = () => client.LoadAsync();",
    "client.add_LoadCompleted(f); client.LoadAsync(); other.LoadAsync().then(g);",
    "client.add_LoadCompleted(f); client.Load();",
    "client.on('loadCompleted', f); client.loadAsync();",
    "client.on('completed', (e) => e.error); client.run();",
    "client.add_performed(f); client.PerformAsync();",
    "client.loadCompleted = true; client.loadAsync();",
    "client.LoadCompleted = new Event(); client.LoadAsync();",
    "add_LoadCompleted(f); LoadAsync();",
    "clients[i].add_LoadCompleted(f); clients[i].LoadAsync();",
  ])("%s", (text) => {
    expect(operations(text)).toEqual([]);
  });
});

describe("handlers", () => {
  /** What the first handler of a text reads of its arguments. */
  function reads(text: string): string[] | null {
    const context = analyzed(text);
    const [operation] = eventOperationsOf(context);
    const handler = handlerOf(context, operation!.subscriptions[0]!);
    return handler === null ? null : handler.reads.map(({ name, role }) => `${role} ${name}`);
  }

  it.each([
    [
      "(sender, e) => [e.Error, e.Cancelled, e.Result, e.UserState, e.Headers, e.ToString()]",
      ["error Error", "cancelled Cancelled", "value Result", "state UserState", "value Headers", "other ToString"],
    ],
    ["(e) => [e.error, e.result, e.total]", ["error error", "value result", "other total"]],
    ["(sender, { Error: failure, Result = '' }) => [failure, Result]", ["error Error", "value Result"]],
    ["function (sender, e) { const { Error, ...rest } = e; }", ["whole "]],
    ["(sender, e) => { const error = e.Error; if (error) log(e); }", ["error Error", "error Error", "whole e"]],
    ["(sender) => sender.Dispose()", []],
    ["() => finish()", []],
    ["new LoadCompletedEventHandler((s, e) => e.Result)", ["value Result"]],
    ["f.bind(this)", ["value Result"]],
    ["(s, e) => f(s, e)", ["value Result"]],
    ["(s, e) => { return g(e); }", ["error Error"]],
  ])("%s", (handler, expected) => {
    expect(
      reads(
        `function f(sender, args) { return args.Result; }\nconst g = ({ Error }) => Error;\nclient.add_LoadCompleted(${handler}); client.LoadAsync();`,
      ),
    ).toEqual(expected);
  });

  it("are unknown where the file does not show them", () => {
    expect(reads("client.add_LoadCompleted(handlers.load); client.LoadAsync();")).toBeNull();
  });
});
