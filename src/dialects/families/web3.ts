import { alike, errorFirst, type Dialect, type Maker } from "../dialect.ts";

const WEB3: readonly Maker[] = [{ kind: "export", how: "new", modules: ["web3"], names: ["", "Web3"] }];

/** Web3, whose version 4 gives promises, and large numbers of another type, and calls no callback. Source: its guide "Migration from 1.x". */
export const WEB3_ETH: Dialect = {
  name: "Web3",
  starts: [{ kind: "made", by: [{ kind: "member", of: WEB3 }] }],
  operations: new Map(
    alike(
      `estimateGas getAccounts getBalance getBlock getBlockNumber getBlockTransactionCount getChainId getCode getCoinbase getGasPrice
      getHashrate getNodeInfo getPastLogs getStorageAt getTransaction getTransactionCount getTransactionReceipt isMining isSyncing
      sendSignedTransaction sendTransaction sign signTransaction`,
      {
        ...errorFirst("result"),
        awaited: { kind: "none", gives: "value" },
        dropped: { from: "4.0.0", does: "ignores" },
        returns: "handle",
        isCallbackOptional: true,
      },
    ),
  ),
};
