const SIGNALS = ["SIGHUP", "SIGINT", "SIGTERM"] as const;

/**
 * Runs something that is not to end half-way. A signal to end is held back, and `isInterrupted` tells of it: who asks at the
 * right moments can stop in good order.
 */
export async function holdingInterrupts<T>(work: (isInterrupted: () => boolean) => Promise<T> | T): Promise<T> {
  let interrupted = false;
  const remember = () => {
    interrupted = true;
  };
  for (const signal of SIGNALS) process.on(signal, remember);
  try {
    return await work(() => interrupted);
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, remember);
  }
}
