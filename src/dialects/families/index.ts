import type { Dialect } from "../dialect.ts";
import { NODE_CHILD_PROCESS } from "./node-child-process.ts";
import { NODE_CRYPTO } from "./node-crypto.ts";
import { NODE_DNS } from "./node-dns.ts";
import { NODE_FS } from "./node-fs.ts";
import { NODE_ZLIB } from "./node-zlib.ts";

/** All families of operations that are described as data. */
export const DIALECTS: readonly Dialect[] = [NODE_CHILD_PROCESS, NODE_CRYPTO, NODE_DNS, NODE_FS, NODE_ZLIB];
