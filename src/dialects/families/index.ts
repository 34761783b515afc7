import type { Dialect } from "../dialect.ts";
import { AMQPLIB } from "./amqplib.ts";
import { ASYNC_JS } from "./async-js.ts";
import { AWS_SDK } from "./aws-sdk.ts";
import { BCRYPT } from "./bcrypt.ts";
import { ELASTICSEARCH } from "./elasticsearch.ts";
import { FS_EXTRA } from "./fs-extra.ts";
import { GLOB } from "./glob.ts";
import { GRACEFUL_FS } from "./graceful-fs.ts";
import { JSONWEBTOKEN } from "./jsonwebtoken.ts";
import { LDAPJS } from "./ldapjs.ts";
import { LEVEL } from "./level.ts";
import { MKDIRP } from "./mkdirp.ts";
import { MONGODB } from "./mongodb.ts";
import { MONGOOSE } from "./mongoose.ts";
import { MYSQL2 } from "./mysql2.ts";
import { NEDB } from "./nedb.ts";
import { NODE_CHILD_PROCESS } from "./node-child-process.ts";
import { NODE_CRYPTO } from "./node-crypto.ts";
import { NODE_DNS } from "./node-dns.ts";
import { NODE_FS } from "./node-fs.ts";
import { NODE_STREAM } from "./node-stream.ts";
import { NODE_ZLIB } from "./node-zlib.ts";
import { NODEMAILER } from "./nodemailer.ts";
import { PG } from "./pg.ts";
import { REDIS } from "./redis.ts";
import { RIMRAF } from "./rimraf.ts";
import { SQLITE3 } from "./sqlite3.ts";
import { SUPERAGENT } from "./superagent.ts";
import { WEB3_ETH } from "./web3.ts";

/** All families of operations that are described as data. */
export const DIALECTS: readonly Dialect[] = [
  ...AMQPLIB,
  ASYNC_JS,
  AWS_SDK,
  BCRYPT,
  ELASTICSEARCH,
  FS_EXTRA,
  GLOB,
  GRACEFUL_FS,
  JSONWEBTOKEN,
  LDAPJS,
  ...LEVEL,
  MKDIRP,
  ...MONGODB,
  ...MONGOOSE,
  ...MYSQL2,
  ...NEDB,
  ...NODEMAILER,
  NODE_CHILD_PROCESS,
  NODE_CRYPTO,
  NODE_DNS,
  NODE_FS,
  NODE_STREAM,
  NODE_ZLIB,
  ...PG,
  REDIS,
  RIMRAF,
  ...SQLITE3,
  ...SUPERAGENT,
  WEB3_ETH,
];
