import { Worker } from 'node:worker_threads';

/** `about`: words that add nothing, because they belong to the person. */
export type Judged = { password: string; about: string[] };
/** `score` 0 to 4; `warning`: what is wrong with it, in words. */
export type Strength = { score: number; warning: string | null };

/** What comes after makes no weak beginning strong enough to matter, and takes ever longer to look at. */
const MOST_JUDGED = 64;
/**
 * Whoever is told that a password is too easy tries another within moments; after that its 9 MB of words are wanted
 * seldom. In ms.
 */
const KEPT_MS = 30_000;

type Question = { judged: Judged[]; answer: (strengths: Strength[]) => void; fail: (error: Error) => void };
type Estimator = { ask: (question: Question) => void };

let kept: Estimator | undefined;

/**
 * How hard passwords are to guess, as crackers go about it (zxcvbn). In a thread: its words take a second to load, and
 * so does a password made for it, in which nothing else here would be answered. The thread keeps no process alive.
 */
export function estimateStrength(judged: readonly Judged[]): Promise<Strength[]> {
  const shortened = judged.map(({ password, about }) => ({ password: password.slice(0, MOST_JUDGED), about }));
  return new Promise((answer, fail) => (kept ??= startEstimator()).ask({ judged: shortened, answer, fail }));
}

/** One thread, which answers in the order it is asked and ends when nobody has asked for a while. */
function startEstimator(): Estimator {
  const thread = new Worker(new URL('./strength-thread.ts', import.meta.url), { env: {}, execArgv: [] });
  const asked: Question[] = [];
  let idle: NodeJS.Timeout | undefined;
  const estimator: Estimator = {
    ask(question) {
      clearTimeout(idle);
      thread.ref();
      asked.push(question);
      thread.postMessage(question.judged);
    },
  };
  const end = () => {
    if (kept === estimator) kept = undefined;
    void thread.terminate();
  };
  thread.on('message', (strengths: Strength[]) => {
    asked.shift()!.answer(strengths);
    if (asked.length > 0) return;
    thread.unref();
    idle = setTimeout(end, KEPT_MS).unref();
  });
  const broke = (error: Error) => {
    if (kept === estimator) kept = undefined;
    for (const { fail } of asked.splice(0)) fail(error);
  };
  thread.once('error', broke);
  thread.once('exit', () => broke(new Error('the strength of a password was not estimated')));
  return estimator;
}
