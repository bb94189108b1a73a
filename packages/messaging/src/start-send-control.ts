import { enterStage } from './send-trace.ts';
import type { SendTrace } from './send-trace.ts';
import type { SendHooks } from './smtp-sender.ts';

export type SendControl = {
  trace: SendTrace;
  /**
   * Given to nodemailer; aborts on the caller's signal while before the commit, or when the whole send takes too long.
   */
  signal: AbortSignal;
  /** Writes the commit mark through the caller's hook. The second call rejects: a message is offered once. */
  commit: () => Promise<void>;
  /** Resolves once the hook has settled; at once if it was never called. */
  committed: () => Promise<void>;
  /** What the hook threw, wrapped so that `undefined` can be told from "nothing". */
  commitError: () => { error: unknown } | undefined;
  /** True when the send was ended by its total limit. */
  timedOut: () => boolean;
  /** Removes timer and listener. */
  stop: () => void;
};

export type SendControlOptions = { trace: SendTrace; hooks: SendHooks; totalTimeoutMs: number };

/** Holds the two ways to stop a send from outside, and the one moment after which only one of them is left. */
export function startSendControl({ trace, hooks, totalTimeoutMs }: SendControlOptions): SendControl {
  const inner = new AbortController();
  let hookRun: Promise<void> | undefined;
  let hookError: { error: unknown } | undefined;
  let late = false;

  const onAbort = () => inner.abort(hooks.signal?.reason);
  if (hooks.signal?.aborted === true) onAbort();
  else hooks.signal?.addEventListener('abort', onAbort, { once: true });

  const timer = setTimeout(() => {
    late = true;
    inner.abort(new Error(`The send took longer than ${totalTimeoutMs} ms.`));
  }, totalTimeoutMs);

  async function runHook(): Promise<void> {
    try {
      await hooks.onCommit();
    } catch (error) {
      hookError = { error };
      throw error;
    }
  }

  return {
    trace,
    signal: inner.signal,
    async commit() {
      if (hookRun !== undefined) throw new Error('This message was already offered to a server.');
      inner.signal.throwIfAborted();
      hooks.signal?.removeEventListener('abort', onAbort);
      enterStage(trace, 'commit');
      hookRun = runHook();
      await hookRun;
    },
    async committed() {
      // Only the settling matters here; the error itself is kept for the outcome.
      if (hookRun !== undefined) await Promise.allSettled([hookRun]);
    },
    commitError: () => hookError,
    timedOut: () => late,
    stop() {
      clearTimeout(timer);
      hooks.signal?.removeEventListener('abort', onAbort);
    },
  };
}
