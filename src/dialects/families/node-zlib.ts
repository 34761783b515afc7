import { alike, errorFirst, type Dialect } from "../dialect.ts";

/** `zlib` with callbacks. Source: the Node.js 20 reference, "Convenience methods" of zlib. */
export const NODE_ZLIB: Dialect = {
  name: "Node.js compression",
  starts: [{ kind: "module", modules: ["zlib"] }],
  operations: new Map(
    alike(
      "brotliCompress brotliDecompress deflate deflateRaw gunzip gzip inflate inflateRaw unzip zstdCompress zstdDecompress",
      {
        ...errorFirst("result"),
        awaited: { kind: "promisify", gives: "value" },
        returns: "nothing",
        valuesAfterError: "undefined",
        // With `info` the result is an object of the buffer and the engine.
        shapedBy: "info",
      },
    ),
  ),
};
