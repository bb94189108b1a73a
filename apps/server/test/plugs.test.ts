import { messageKinds } from '@windlass/capabilities/deliveries/contract';
import { expect, test } from 'vitest';
import type { WorkerHost } from '@windlass/capabilities/kit/worker-plug';
import { plugList as workerPlugs } from '../../worker/src/plugs.ts';
import { plugList, plugs } from '../src/plugs.ts';

/** Those that stand in a list more than once. */
const twice = (names: readonly string[]) => names.filter((name, i) => names.indexOf(name) !== i);
const keysOf = (parts: readonly (object | undefined)[]) => parts.flatMap((part) => Object.keys(part ?? {}));
/** The first two parts of an address: whose it is. */
const prefixOf = (path: string) => path.split('/').slice(0, 3).join('/');

test('no two capabilities share a name of anything: what one adds would hide what another did', () => {
  expect(twice(keysOf(plugList.map(({ jobs }) => jobs)))).toEqual([]);
  expect(twice(keysOf(plugList.map(({ waiting }) => waiting)))).toEqual([]);
  expect(twice(keysOf(plugList.map(({ subjects }) => subjects)))).toEqual([]);
  expect(twice(keysOf(plugList.map(({ previews }) => previews)))).toEqual([]);
  expect(twice(keysOf([...plugList, ...workerPlugs].map(({ env }) => env)))).toEqual([]);
  expect(
    twice(plugList.flatMap((plug) => [...new Set((plug.entrances ?? []).map(({ path }) => prefixOf(path)))])),
  ).toEqual([]);
});

test('a job is called after its capability, and the server knows those that the worker does', () => {
  for (const [name, { jobs }] of Object.entries(plugs))
    for (const job of Object.values(jobs)) expect(job.name).toMatch(new RegExp(`^${name}\\.[a-z-]+$`));
  expect(keysOf(plugList.map(({ jobs }) => jobs)).toSorted()).toEqual(
    keysOf(workerPlugs.map(({ jobs }) => jobs)).toSorted(),
  );
  for (const { jobs, handlers } of workerPlugs) expect(Object.keys(handlers)).toEqual(Object.keys(jobs));
});

test('every kind of message has one who writes it', () => {
  const host = { settings: {} } as WorkerHost; // a composer opens nothing before it is asked
  expect(keysOf(workerPlugs.map((plug) => plug.composers?.(host))).toSorted()).toEqual(messageKinds.toSorted());
});
