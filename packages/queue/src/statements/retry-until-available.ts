import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 300;

export type OutlastOptions = {
  report: (error: Error) => void;
  /** Aborted when there is no more time: then the next failure is the caller's. */
  stopping: AbortSignal;
};

/**
 * Repeats a statement until the database answers: one that restarts must not cost a job its try, nor the record of what
 * was done. Only for statements that are fenced, so that a first run whose answer was lost makes the second a harmless
 * no-op.
 */
export async function retryUntilAvailable<Result>(
  statement: () => Promise<Result>,
  { report, stopping }: OutlastOptions,
): Promise<Result> {
  for (;;) {
    try {
      return await statement();
    } catch (error) {
      if (stopping.aborted || !passes(error)) throw error;
      report(error as Error);
    }
    await sleep(PAUSE_MS, undefined, { signal: stopping }).catch(() => undefined); // cut short: one last try follows
  }
}

/** Not our data's fault and not our statement's (these SQLSTATE classes): a lost connection, a restart, a lock. */
const passes = (error: unknown): boolean =>
  !/^(0A|21|22|23|42)\w{3}$/.test(String((error as { code?: unknown }).code ?? ''));
