import { alike, errorFirst, type AwaitedForm, type Dialect, type Maker, type OperationForm } from "../dialect.ts";

const PROMISIFIED: AwaitedForm = { kind: "promisify", gives: "value" };

function promisified(value: string | null, behind = 0): OperationForm {
  return {
    ...errorFirst(...(value === null ? [] : [value])),
    delivery: { kind: "callback", behind },
    awaited: PROMISIFIED,
    // A channel returns itself, for the next call.
    returns: "handle",
    isCallbackOptional: true,
  };
}

const MODULES = ["amqplib/callback_api", "amqplib/callback_api.js"];
const CONNECTION: readonly Maker[] = [
  { kind: "export", how: "call", modules: MODULES, names: ["connect"], gives: "outcome" },
];
const CHANNEL: readonly Maker[] = [
  { kind: "method", names: ["createChannel", "createConfirmChannel"], of: CONNECTION, gives: "outcome" },
];

/**
 * The API with callbacks of `amqplib`. Its objects stay those of that API: those of the other are others, with promises in all places. What
 * is consumed comes many times. Source: its reference, "Channel API".
 */
export const AMQPLIB: readonly Dialect[] = [
  {
    name: "amqplib",
    starts: [{ kind: "module", modules: MODULES }],
    operations: new Map(alike("connect", promisified("connection"))),
  },
  {
    name: "Connections of amqplib",
    starts: [{ kind: "made", by: CONNECTION }],
    operations: new Map([
      ...alike("createChannel createConfirmChannel", promisified("channel")),
      ...alike("close", promisified(null)),
    ]),
  },
  {
    name: "Channels of amqplib",
    starts: [{ kind: "made", by: CHANNEL }],
    operations: new Map([
      ...alike(
        "assertExchange assertQueue checkExchange checkQueue deleteExchange deleteQueue get purgeQueue",
        promisified("ok"),
      ),
      ...alike("bindExchange bindQueue unbindExchange unbindQueue", promisified("ok", 3)),
      ...alike("cancel", promisified("ok", 1)),
      ...alike("close", promisified(null)),
    ]),
  },
];
