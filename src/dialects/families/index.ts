import type { Dialect } from "../dialect.ts";
import { AWS_SDK } from "./aws-sdk.ts";
import { ELASTICSEARCH } from "./elasticsearch.ts";
import { FS_EXTRA } from "./fs-extra.ts";
import { GLOB } from "./glob.ts";
import { GRACEFUL_FS } from "./graceful-fs.ts";
import { LEVEL } from "./level.ts";
import { MKDIRP } from "./mkdirp.ts";
import { MONGODB } from "./mongodb.ts";
import { MONGOOSE } from "./mongoose.ts";
import { NODE_CHILD_PROCESS } from "./node-child-process.ts";
import { NODE_CRYPTO } from "./node-crypto.ts";
import { NODE_DNS } from "./node-dns.ts";
import { NODE_FS } from "./node-fs.ts";
import { NODE_STREAM } from "./node-stream.ts";
import { NODE_ZLIB } from "./node-zlib.ts";
import { REDIS } from "./redis.ts";
import { RIMRAF } from "./rimraf.ts";
import { SUPERAGENT } from "./superagent.ts";
import { WEB3_ETH } from "./web3.ts";

/** All families of operations that are described as data. */
export const DIALECTS: readonly Dialect[] = [
  AWS_SDK,
  ELASTICSEARCH,
  FS_EXTRA,
  GLOB,
  GRACEFUL_FS,
  ...LEVEL,
  MKDIRP,
  ...MONGODB,
  ...MONGOOSE,
  NODE_CHILD_PROCESS,
  NODE_CRYPTO,
  NODE_DNS,
  NODE_FS,
  NODE_STREAM,
  NODE_ZLIB,
  REDIS,
  RIMRAF,
  ...SUPERAGENT,
  WEB3_ETH,
];
