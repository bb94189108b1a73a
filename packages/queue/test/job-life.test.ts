import { afterAll, beforeAll, expect, test } from 'vitest';
import { acknowledgeJobs } from '../src/control/acknowledge-jobs.ts';
import { cancelJobs } from '../src/control/cancel-jobs.ts';
import { refuseRetries } from '../src/control/refuse-retries.ts';
import { retryJob } from '../src/control/retry-job.ts';
import { retryJobs } from '../src/control/retry-jobs.ts';
import { startJobNow } from '../src/control/start-job-now.ts';
import type { JobState } from '../src/jobs/job-state.ts';
import type { JobLives } from '../src/jobs/job-life.ts';
import { defineTestJob, type TestJob } from './define-test-job.ts';
import { openWorld, type World } from './open-world.ts';

const BY = { id: 'usr_1', name: 'Ada' };
const one = defineTestJob('life-one');
const other = defineTestJob('life-other');
const plain = defineTestJob('life-plain');

let world: World;
/** What owners were called for, and in what state the first of their jobs was then. */
let calls: { owner: string; part: string; ids: readonly string[]; state: string }[] = [];
let undecided: string;
/** Stopped with what it serves, though its worker has yet to hear of it. */
let stoppedAtWork: string;

const ownedBy = (owner: string): JobLives[string] => {
  const note = async (part: string, ids: readonly string[]) => {
    const state = await world.state(ids[0]!);
    calls.push({ owner, part, ids: ids.toSorted(), state });
  };
  return {
    onSettled: async (_, ends) => {
      calls.push({ owner, part: 'settled', ids: ends.map(({ id }) => id).toSorted(), state: ends[0]!.state });
    },
    onCancel: async (_, ids, by) => {
      await note(`cancelled by ${by.name}`, ids);
      return ids.filter((id) => id === stoppedAtWork);
    },
    refuseRetry: async (_, ids) =>
      new Map(ids.filter((id) => id === undecided).map((id) => [id, { code: 'DECIDE_FIRST', message: owner }])),
    onRetry: (_, ids) => note('retried', ids),
    onAcknowledge: (_, ids, by) => note(`acknowledged by ${by.name}`, ids),
  };
};
const lives: JobLives = { [one.name]: ownedBy('one'), [other.name]: ownedBy('other') };

beforeAll(async () => {
  world = await openWorld('postgres'); // no worker runs: the engine has no part in this
});
afterAll(() => world.close());

async function make(job: TestJob, state: JobState): Promise<string> {
  const id = await world.enqueue(job);
  const leased = state === 'active' ? `, lease_token = 'x', lease_until = now() + interval '1 hour'` : '';
  await world.database.sql.rows(`make-${state}`, `update job set state = $2::job_state ${leased} where id = $1`, [
    id,
    state,
  ]);
  calls = [];
  return id;
}
const states = (ids: readonly string[]) => Promise.all(ids.map((id) => world.state(id)));

test('a person’s cancel is heard once by each owner, with all of its jobs, before they end; then what they served is settled', async () => {
  const [a, b, c, d] = [
    await make(one, 'queued'),
    await make(one, 'active'),
    await make(other, 'retrying'),
    await make(plain, 'queued'),
  ];
  const ended = await make(one, 'succeeded');
  stoppedAtWork = b;
  const came = await world.database.transaction((tx) => cancelJobs(tx, [a, b, c, d, ended], { lives, by: BY }));
  expect(new Map(came.map(({ id, state }) => [id, state]))).toEqual(
    new Map([a, b, c, d].map((id) => [id, 'cancelled'])),
  );
  expect(await states([a, b, c, d, ended])).toEqual(['cancelled', 'active', 'cancelled', 'cancelled', 'succeeded']);
  expect(calls.toSorted((x, y) => `${x.owner} ${x.part}`.localeCompare(`${y.owner} ${y.part}`))).toMatchObject([
    { owner: 'one', part: 'cancelled by Ada', ids: [a, b, ended].toSorted() },
    { owner: 'one', part: 'settled', ids: [a], state: 'cancelled' },
    { owner: 'other', part: 'cancelled by Ada', ids: [c], state: 'retrying' },
    { owner: 'other', part: 'settled', ids: [c], state: 'cancelled' },
  ]);
});

test('an owner that cancels its own jobs is not called', async () => {
  const [a, b] = [await make(one, 'queued'), await make(one, 'active')];
  const came = await world.database.transaction((tx) => cancelJobs(tx, [a, b]));
  expect(came.toSorted((x, y) => x.state.localeCompare(y.state))).toEqual([
    { id: a, state: 'cancelled' },
    { id: b, state: 'cancelling' },
  ]);
  expect(calls).toEqual([]);
});

test('owners say which of many may not be run again; the rest runs, and its owners hear of it first', async () => {
  const [a, b, c, d] = [
    await make(one, 'failed'),
    await make(one, 'failed'),
    await make(other, 'failed'),
    await make(plain, 'failed'),
  ];
  undecided = b;
  const refused = await refuseRetries(world.database.sql, [a, b, c, d], lives);
  expect([...refused]).toEqual([[b, { code: 'DECIDE_FIRST', message: 'one' }]]);
  const pace = { everyMs: 0, run: 'run_1', lives };
  expect(await world.database.transaction((tx) => retryJobs(tx, [a, c, d], pace))).toBe(3);
  expect(calls.toSorted((x, y) => x.owner.localeCompare(y.owner))).toEqual([
    { owner: 'one', part: 'retried', ids: [a], state: 'failed' },
    { owner: 'other', part: 'retried', ids: [c], state: 'failed' },
  ]);
  expect(await states([a, b, c, d])).toEqual(['queued', 'failed', 'queued', 'queued']);
});

test('so it is for one that was cancelled, and for one that is not to wait for its next try', async () => {
  const cancelled = await make(one, 'cancelled');
  expect(await world.database.transaction((tx) => retryJob(tx, cancelled, lives))).toBe(true);
  expect(calls).toEqual([{ owner: 'one', part: 'retried', ids: [cancelled], state: 'cancelled' }]);
  const waiting = await make(other, 'retrying');
  expect(await world.database.transaction((tx) => startJobNow(tx, waiting, lives))).toBe(true);
  expect(calls).toEqual([{ owner: 'other', part: 'retried', ids: [waiting], state: 'retrying' }]);
});

test('what has to be decided first is not left as it is; of the rest the owners hear', async () => {
  const [a, b, c] = [await make(one, 'failed'), await make(one, 'failed'), await make(plain, 'failed')];
  undecided = b;
  expect(await world.database.transaction((tx) => acknowledgeJobs(tx, [a, b, c], { by: BY, lives }))).toBe(2);
  expect(calls).toEqual([{ owner: 'one', part: 'acknowledged by Ada', ids: [a], state: 'failed' }]);
});

test('where an owner throws, no job has moved', async () => {
  const [a, b] = [await make(one, 'failed'), await make(plain, 'failed')];
  const broken: JobLives = { [one.name]: { onRetry: async () => Promise.reject(new Error('no')) } };
  const pace = { everyMs: 0, run: 'run_2', lives: broken };
  await expect(world.database.transaction((tx) => retryJobs(tx, [b, a], pace))).rejects.toThrow('no');
  expect(await states([a, b])).toEqual(['failed', 'failed']);
});
