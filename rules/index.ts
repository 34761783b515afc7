import type { Rule } from "eslint";
import callbackOnce from "./callback-once.ts";
import noAssumedCancellation from "./no-assumed-cancellation.ts";
import noBlockingWait from "./no-blocking-wait.ts";
import noBusyWait from "./no-busy-wait.ts";
import noCallbackAndPromise from "./no-callback-and-promise.ts";
import noCompletionParameter from "./no-completion-parameter.ts";
import noDiscardedEndResult from "./no-discarded-end-result.ts";
import noDroppedCallback from "./no-dropped-callback.ts";
import noIgnoredCallbackError from "./no-ignored-callback-error.ts";
import noIneffectiveAwait from "./no-ineffective-await.ts";
import noInvalidEnd from "./no-invalid-end.ts";
import noLateSubscription from "./no-late-subscription.ts";
import noLeakedCompletionHandler from "./no-leaked-completion-handler.ts";
import noMutationWhilePending from "./no-mutation-while-pending.ts";
import noNestedTask from "./no-nested-task.ts";
import noOverlappingOperations from "./no-overlapping-operations.ts";
import noUnawaitedTask from "./no-unawaited-task.ts";
import noUncheckedCompletion from "./no-unchecked-completion.ts";
import noUnsentRequest from "./no-unsent-request.ts";
import preferAsyncContract from "./prefer-async-contract.ts";
import preferAsyncTwin from "./prefer-async-twin.ts";
import preferAwaitOverBeginEnd from "./prefer-await-over-begin-end.ts";
import preferAwaitOverBlocking from "./prefer-await-over-blocking.ts";
import preferAwaitOverCallbacks from "./prefer-await-over-callbacks.ts";
import preferAwaitOverEvents from "./prefer-await-over-events.ts";
import requireAwaitInTry from "./require-await-in-try.ts";
import requireEnd from "./require-end.ts";
import validOperationContract from "./valid-operation-contract.ts";

/** Every rule by its name. */
export const rules: Readonly<Record<string, Rule.RuleModule>> = {
  "callback-once": callbackOnce,
  "no-assumed-cancellation": noAssumedCancellation,
  "no-blocking-wait": noBlockingWait,
  "no-busy-wait": noBusyWait,
  "no-callback-and-promise": noCallbackAndPromise,
  "no-completion-parameter": noCompletionParameter,
  "no-discarded-end-result": noDiscardedEndResult,
  "no-dropped-callback": noDroppedCallback,
  "no-ignored-callback-error": noIgnoredCallbackError,
  "no-ineffective-await": noIneffectiveAwait,
  "no-invalid-end": noInvalidEnd,
  "no-late-subscription": noLateSubscription,
  "no-leaked-completion-handler": noLeakedCompletionHandler,
  "no-mutation-while-pending": noMutationWhilePending,
  "no-nested-task": noNestedTask,
  "no-overlapping-operations": noOverlappingOperations,
  "no-unawaited-task": noUnawaitedTask,
  "no-unchecked-completion": noUncheckedCompletion,
  "no-unsent-request": noUnsentRequest,
  "prefer-async-contract": preferAsyncContract,
  "prefer-async-twin": preferAsyncTwin,
  "prefer-await-over-begin-end": preferAwaitOverBeginEnd,
  "prefer-await-over-blocking": preferAwaitOverBlocking,
  "prefer-await-over-callbacks": preferAwaitOverCallbacks,
  "prefer-await-over-events": preferAwaitOverEvents,
  "require-await-in-try": requireAwaitInTry,
  "require-end": requireEnd,
  "valid-operation-contract": validOperationContract,
};
