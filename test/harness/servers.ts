import { createHash } from "node:crypto";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const HOST = "127.0.0.1";
const END_OF_MESSAGE = "<EOF>";
const PAUSE_BETWEEN_PIECES = 40;

/** A server on the loopback interface, at a port of its own. */
export interface RunningServer {
  readonly port: number;
  /** What the server was asked to do, in the order in which that happened. */
  readonly effects: readonly string[];
  stop(): Promise<void>;
}

export interface ObjectStore extends RunningServer {
  /** What clients expect in `TAPIFY_S3_ENDPOINT`. */
  readonly endpoint: string;
  /** The stored contents by `bucket/key`. */
  readonly objects: ReadonlyMap<string, string>;
}

export interface ObjectStoreOptions {
  readonly buckets?: readonly string[];
  /** Deletes all buckets after so many successful puts: from then on a put fails with `NoSuchBucket`. */
  readonly deleteBucketsAfter?: number;
}

/** How a text server answers requests for one path. */
export interface TextPage {
  /** The content, or the pieces that it comes in; by default what was sent to it. */
  readonly body?: string | readonly string[];
  readonly status?: number;
  /** Milliseconds until it answers, by default 0. */
  readonly delay?: number;
  /**
   * Says how much content there is before the first of several pieces. They are then only kept apart by pauses, so a
   * client under load may see two as one; without it, the protocol keeps them apart.
   */
  readonly declaresLength?: boolean;
}

export interface TextServer extends RunningServer {
  /** The address without a path and without a slash at its end. */
  readonly address: string;
}

export interface EchoServerOptions {
  /** Resets the connection instead of answering. */
  readonly reset?: boolean;
}

/** The request id of the object store's answers: it depends on nothing but bucket and key, so that runs can be compared. */
export function requestIdOf(bucket: string, key: string): string {
  return createHash("sha256").update(`${bucket}/${key}`).digest("hex").slice(0, 16).toUpperCase();
}

/** Starts an object store with the given buckets, by default one called `bucket`. */
export async function startObjectStore(options: ObjectStoreOptions = {}): Promise<ObjectStore> {
  const buckets = new Set(options.buckets ?? ["bucket"]);
  const objects = new Map<string, string>();
  const effects: string[] = [];
  let putsLeft = options.deleteBucketsAfter ?? Number.POSITIVE_INFINITY;

  const respond = (method: string, path: string, content: string): [number, string] => {
    const [bucket] = splitPath(path);
    if (bucket === "") return [200, JSON.stringify([...buckets].map((name) => ({ BucketName: name })))];
    if (putsLeft <= 0) buckets.clear();
    if (!buckets.has(bucket)) return [404, errorBody("NoSuchBucket", "The specified bucket does not exist")];
    if (method === "PUT") {
      objects.set(path, content);
      putsLeft -= 1;
      return [200, ""];
    }
    const stored = objects.get(path);
    return stored === undefined ? [404, errorBody("NoSuchKey", "The specified key does not exist.")] : [200, stored];
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const content = await readContent(request);
    const path = (request.url ?? "/").split("/").slice(1).map(decodeURIComponent).join("/");
    const [bucket, key] = splitPath(path);
    const method = request.method ?? "GET";
    const [status, body] = respond(method, path, content);
    effects.push(`${method} /${path} ${status}${content === "" ? "" : ` ${content}`}`);
    response.writeHead(status, { "x-amz-request-id": requestIdOf(bucket, key) }).end(body);
  };

  const server = createHttpServer((request, response) => void serve(request, response));
  // A program that sleeps must find its connection still open when it wakes.
  server.keepAliveTimeout = 60_000;
  const port = await listen(server);
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await close(server);
  };
  return { endpoint: `http://${HOST}:${port}`, port, effects, objects, stop };
}

/** Starts a server with pages by path, such as `/greeting`; others are not found. `effects` has a line for each request. */
export async function startTextServer(pages: Readonly<Record<string, string | TextPage>>): Promise<TextServer> {
  const effects: string[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const content = await readContent(request);
    const page = pages[request.url ?? "/"] ?? { body: "Not found", status: 404 };
    const {
      body = content,
      status = 200,
      delay = 0,
      declaresLength = false,
    } = typeof page === "string" ? { body: page } : page;
    effects.push(`${request.method} ${request.url}${content === "" ? "" : ` ${content}`}`);
    // A test that is over does not wait for it.
    await pause(delay, undefined, { ref: false });
    const pieces = typeof body === "string" ? [body] : body;
    const isKnown = declaresLength || pieces.length === 1;
    const length = Buffer.byteLength(pieces.join(""));
    response.writeHead(status, {
      "content-type": "text/plain; charset=utf-8",
      ...(isKnown && { "content-length": length }),
    });
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) await pause(PAUSE_BETWEEN_PIECES);
      response.write(piece);
    }
    response.end();
  };
  const server = createHttpServer((request, response) => {
    // A client that goes away is what some tests are about.
    response.on("error", () => {});
    serve(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  const port = await listen(server);
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await close(server);
  };
  return { address: `http://${HOST}:${port}`, port, effects, stop };
}

/** Starts a server that reads until `<EOF>`, sends back what it has read, and closes the connection. */
export async function startEchoServer({ reset = false }: EchoServerOptions = {}): Promise<RunningServer> {
  const effects: string[] = [];
  const connections = new Set<Socket>();
  const server = createTcpServer((connection) => {
    let received = "";
    connections.add(connection);
    effects.push("connected");
    connection.on("close", () => connections.delete(connection));
    // The client's failures are the client's to report.
    connection.on("error", () => {});
    connection.on("data", (bytes) => {
      received += bytes.toString("latin1");
      if (!received.includes(END_OF_MESSAGE)) return;
      effects.push(`received ${received}`);
      if (reset) connection.resetAndDestroy();
      else connection.end(received, "latin1");
    });
  });
  const port = await listen(server);
  const stop = async (): Promise<void> => {
    for (const connection of connections) connection.destroy();
    await close(server);
  };
  return { port, effects, stop };
}

/** A port at which nobody listens, so connections to it are refused. */
export async function findUnusedPort(): Promise<number> {
  const server = createTcpServer();
  const port = await listen(server);
  await close(server);
  return port;
}

async function readContent(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** The bucket and the key, which may have slashes of its own. */
function splitPath(path: string): [string, string] {
  const [bucket = "", ...key] = path.split("/");
  return [bucket, key.join("/")];
}

function errorBody(code: string, message: string): string {
  return JSON.stringify({ Code: code, Message: message });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}
