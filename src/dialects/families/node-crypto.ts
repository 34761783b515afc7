import { alike, errorFirst, type Dialect, type OperationForm } from "../dialect.ts";

function promisified(...values: readonly string[]): OperationForm {
  const gives = values.length > 1 ? "members" : "value";
  return {
    ...errorFirst(...values),
    awaited: { kind: "promisify", gives },
    returns: "nothing",
    valuesAfterError: "undefined",
  };
}

/** `crypto` with callbacks. Source: the Node.js 20 reference, "Crypto module methods and properties". */
export const NODE_CRYPTO: Dialect = {
  name: "Node.js cryptography",
  starts: [{ kind: "module", modules: ["crypto"] }],
  operations: new Map([
    ...alike("checkPrime", promisified("result")),
    ...alike("generateKey", promisified("key")),
    ...alike("generateKeyPair", promisified("publicKey", "privateKey")),
    ...alike("generatePrime", promisified("prime")),
    ...alike("hkdf pbkdf2 scrypt", promisified("derivedKey")),
    ...alike("randomBytes", { ...promisified("buf"), isCallbackOptional: true }),
    ...alike("randomFill", promisified("buf")),
    ...alike("randomInt", { ...promisified("n"), isCallbackOptional: true }),
    ...alike("sign", { ...promisified("signature"), isCallbackOptional: true }),
    ...alike("verify", { ...promisified("result"), isCallbackOptional: true }),
  ]),
};
