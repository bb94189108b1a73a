import type { Sql } from '@windlass/db/sql';
import type { WakeListener } from '@windlass/db/wake';
import type { QueueHold } from '../dispatch/dispatcher.ts';
import { type Failure, RetryLater } from '../jobs/errors.ts';
import { BREAKER_WAKE, type QueueName } from '../jobs/queues.ts';
import {
  closeBreaker,
  openBreakerRow,
  readBreaker,
  releaseProbe,
  retireBreakers,
  takeProbe,
} from './record-breaker.ts';

export type BreakerOptions = {
  sql: Sql;
  wakes: WakeListener;
  report: (error: Error) => void;
  /** One for each dependency and host, shared by all workers: `smtp:mail.example:587`. */
  key: string;
  /** "The mail server mail.example": begins the sentence people read. */
  title: string;
  /** Whose held jobs are let go at once when it is back. */
  queue: QueueName;
  /**
   * False: other jobs of the queue do not need it, so that only those wait whose `admit` it refused, or that say
   * `heldBy` as they fail. Default true: the queue rests, and what is known of others that held it whole is forgotten.
   */
  holdsQueue?: boolean;
  /** Until one job may try again, in ms: doubled with each failed try, up to `mostWaitMs`. */
  waitMs?: number;
  mostWaitMs?: number;
};

export type Breaker = {
  /** For `heldBy` of a job that has met the trouble itself, so that it is let go with the others. */
  key: string;
  /** What a job is told to do meanwhile, at no cost: thrown by whoever has just found it away. */
  held(): RetryLater;
  /**
   * Throws a RetryLater that costs no try while the dependency is left alone. One job at a time is let through to see
   * whether it is back.
   */
  admit(): Promise<Admission>;
  close(): void;
} & QueueHold;

/** Leave for one call, and what came of it. Each admission ends with `release`, whatever else was said. */
export type Admission = {
  /** It was found away, and this call is to see whether it is back. */
  probe: boolean;
  /** It answered, whatever it said. */
  succeeded(): Promise<void>;
  /** It did not answer. The last of too many opens the breaker. */
  failed(why: Pick<Failure, 'code' | 'sentence'>): Promise<void>;
  /** Lets another job look whether it is back, where this one was to and never got so far. */
  release(): Promise<void>;
};

/**
 * Opens after so many failures in a row, or where at least half of ten or more calls of the last half minute failed.
 */
const IN_A_ROW = 5;
const WINDOW_SECONDS = 30;
const WINDOW_CALLS = 10;
/** The wait of one job is a little longer than another's, so that they do not all come back in one instant. */
const SPREAD_MS = 2_000;
/**
 * Where the queue does not rest, each is begun only to be told to wait: the more there are the longer, so that it is
 * some twenty a second, and one of them still comes soon to look.
 */
const SPREAD_EACH_MS = 50;
const MOST_SPREAD_MS = 600_000;

export const BREAKER_OPEN = 'BREAKER_OPEN';

/**
 * A circuit breaker whose state is a row: what one worker learns, all know, and people see. A closed one costs no
 * statement.
 */
export function createBreaker(options: BreakerOptions): Breaker {
  const { sql, key, title, report, waitMs = 15_000, mostWaitMs = 60_000 } = options;
  const holdsQueue = options.holdsQueue ?? true;
  const row = { key, title, queue: options.queue, holdsQueue, waitMs, mostWaitMs };
  /** performance.now() from when a probe may be asked for; undefined: closed. */
  let retryAt: number | undefined;
  let inARow = 0;
  /** Of the last half minute, by the second: a thousand mails a second are counted as cheaply as one. */
  let recent: { second: number; calls: number; failures: number }[] = [];

  let why = '';

  const load = async () => {
    const known = await readBreaker(sql, key);
    retryAt = known ? performance.now() + known.waitMs : undefined;
    why = known?.sentence ?? '';
    if (!known) told = 0;
  };
  // At once, not with the first job: those that wait because of former settings do so for nothing.
  const begin = () => (holdsQueue ? retireBreakers(sql, row).then(load) : load());
  let loaded: Promise<void> | undefined = begin();
  loaded.catch((error: Error) => {
    loaded = undefined;
    report(error);
  });
  const unsubscribe = options.wakes.on(BREAKER_WAKE, () => void load().catch(report));

  const note = (ok: boolean) => {
    inARow = ok ? 0 : inARow + 1;
    const second = Math.floor(performance.now() / 1000);
    if (recent.at(-1)?.second !== second)
      recent = [...recent.filter((one) => one.second > second - WINDOW_SECONDS), { second, calls: 0, failures: 0 }];
    const present = recent.at(-1)!;
    present.calls += 1;
    if (!ok) present.failures += 1;
  };
  const tooMany = () => {
    const calls = recent.reduce((sum, one) => sum + one.calls, 0);
    const failures = recent.reduce((sum, one) => sum + one.failures, 0);
    return inARow >= IN_A_ROW || (calls >= WINDOW_CALLS && failures * 2 >= calls);
  };
  let told = 0;
  const held = (ms: number) => {
    const spreadMs = Math.min(MOST_SPREAD_MS, Math.max(SPREAD_MS, (told += 1) * SPREAD_EACH_MS));
    return new RetryLater(
      {
        code: BREAKER_OPEN,
        message: `${key} is left alone for ${Math.round(ms)} ms`,
        sentence: `${title} cannot be used just now, so this waits until it can.${why && ` ${why}`}`,
        hint: 'No try is spent. It goes on by itself as soon as the server is back.',
      },
      { afterMs: ms + Math.random() * spreadMs, uncounted: true, heldBy: key },
    );
  };

  const succeeded = async () => {
    note(true);
    if (retryAt === undefined) return;
    retryAt = undefined;
    told = 0;
    recent = [];
    await closeBreaker(sql, row);
  };
  const failed = async (reason: Pick<Failure, 'code' | 'sentence'>, probe: boolean) => {
    note(false);
    // What was under way when it opened says nothing new.
    if (retryAt === undefined ? !tooMany() : !probe) return;
    why = reason.sentence;
    retryAt = performance.now() + waitMs; // at once: more of them fail while the row is written
    retryAt = performance.now() + (await openBreakerRow(sql, row, { ...reason, probe }));
  };

  const admission = (probe: boolean): Admission => {
    // Of this call alone: others of the same worker ask for the probe meanwhile, and do not get it.
    let unused = probe;
    return {
      probe,
      succeeded: () => ((unused = false), succeeded()),
      failed: (why) => ((unused = false), failed(why, probe)),
      async release() {
        if (unused) await releaseProbe(sql, key);
        unused = false;
      },
    };
  };

  return {
    key,
    async admit() {
      loaded ??= begin().catch((error: Error) => {
        loaded = undefined;
        throw error;
      });
      await loaded;
      if (retryAt === undefined) return admission(false);
      const left = retryAt - performance.now();
      if (left > 0) throw held(left);
      if (await takeProbe(sql, key)) return admission(true);
      await load();
      if (retryAt !== undefined) throw held(Math.max(1_000, retryAt - performance.now()));
      return admission(false);
    },
    held: () => held(Math.max(1_000, retryAt === undefined ? 0 : retryAt - performance.now())),
    heldMs: () => (retryAt === undefined ? 0 : Math.max(0, retryAt - performance.now())),
    probing: () => retryAt !== undefined,
    close: unsubscribe,
  };
}
