import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { staleCounts } from '@windlass/capabilities/kit/cached-counts';
import type { LiveEvent } from '@windlass/live/event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRefresher } from './refresh-queries.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What screens ask for that show jobs, or count anything. */
const asked = [
  ['operations', 'waiting'],
  ['operations', 'jobCounts'],
  ['operations', 'job'],
  ['operations', 'failures'],
  ['orders', 'counts'],
  ['orders', 'get'],
  ['orders', 'import'],
  ['deliveries', 'counts'],
  ['artwork', 'counts'],
  ['artwork', 'get'],
  ['artwork', 'ofOrder'],
  ['customers', 'erasures'],
];
const job = { id: 'job_1', state: 'active', step: 'Reading', stepNumber: 1, stepCount: 2, progress: null };
const answers: Record<string, object> = {
  'operations.job': job,
  'orders.import': { id: 'imp_1', job: { ...job, progressNote: null } },
  'artwork.get': { id: 'art_1', job },
  'artwork.ofOrder': { rows: [{ id: 'art_1', job }] },
  'customers.erasures': { rows: [{ id: 'era_1', job }] },
};

/** A browser tab in which all of that is on screen. */
async function openTab() {
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  let requests = 0;
  for (const path of asked) {
    const queryFn = async () => {
      requests += 1;
      return answers[path.join('.')] ?? { count: 0 };
    };
    new QueryObserver(queryClient, { queryKey: [path, { type: 'query' }], queryFn }).subscribe(() => {});
  }
  await vi.advanceTimersByTimeAsync(1_000);
  const hear = createRefresher(queryClient);
  return {
    hear,
    requests: () => requests,
    read: (path: string) => queryClient.getQueryData<Record<string, unknown>>([path.split('.'), { type: 'query' }]),
  };
}

const said = (type: string, data: Record<string, unknown>, serves: string): LiveEvent => ({
  seq: 1,
  topic: 'jobs',
  subject: 'job_1',
  type,
  data: { ...data, serves },
  at: '2026-01-01T00:00:00Z',
});

test.each(['imp_1', 'art_1', 'era_1', 'ord_1', 'null'])(
  'a job for %s with a hundred reports, watched by ten tabs, causes no request and no dropped count between its start and its end',
  async (serves) => {
    const tabs = await Promise.all(Array.from({ length: 10 }, openTab));
    const before = tabs.map((tab) => tab.requests());
    const reports = [
      said('job.step', { step: 'write', title: 'Writing', index: 1, of: 2 }, serves),
      ...Array.from({ length: 100 }, (_, i) =>
        said('job.progress', { value: (i + 1) / 100, note: `${i + 1} of 100` }, serves),
      ),
    ];
    for (const report of reports) for (const tab of tabs) tab.hear(report);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(tabs.map((tab) => tab.requests())).toEqual(before);
    expect(staleCounts(reports.map((report) => ({ ...report, shopId: 'shop_1' })))).toEqual([]);

    // And they show it all the same.
    const [tab] = tabs;
    expect(tab!.read('operations.job')).toMatchObject({
      step: 'Writing',
      stepNumber: 2,
      progress: 1,
      progressNote: '100 of 100',
    });
    expect(tab!.read('orders.import')).toMatchObject({ job: { progress: 1, progressNote: '100 of 100' } });
    expect(tab!.read('artwork.get')).toMatchObject({ job: { step: 'write', progress: 1 } });
    expect(tab!.read('artwork.ofOrder')).toMatchObject({ rows: [{ job: { step: 'write', progress: 1 } }] });
    expect(tab!.read('customers.erasures')).toMatchObject({ rows: [{ job: { step: 'write' } }] });

    tabs[0]!.hear(said('job.succeeded', {}, serves));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(tabs[0]!.requests()).toBeGreaterThan(before[0]!);
    expect(staleCounts([{ type: 'job.succeeded', shopId: 'shop_1' }])).not.toEqual([]);
  },
);

test.each([
  ['orders.list', { topic: 'approvals', type: 'approval.approved', subject: 'ord_1' }],
  ['deliveries.list', { topic: 'deliveries', type: 'delivery.accepted', subject: 'ord_1' }],
  ['operations.jobs', { topic: 'jobs', type: 'job.succeeded', subject: 'job_1' }],
  ['artwork.list', { topic: 'artwork', type: 'artwork.uploaded', subject: 'ord_1' }],
])('%s is fetched anew when somebody comes back to it after an event, and not before', async (path, event) => {
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  const queryKey = [path.split('.'), { input: { tab: 'all' }, type: 'infinite' }];
  const queryFn = vi.fn(async () => ({ rows: [] }));
  const look = () => new QueryObserver(queryClient, { queryKey, queryFn }).subscribe(() => {});
  const leave = look();
  await vi.advanceTimersByTimeAsync(1_000);
  leave();
  look()();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(queryFn).toHaveBeenCalledTimes(1);

  createRefresher(queryClient)({ seq: 1, at: '2026-01-01T00:00:00Z', data: { orderId: 'ord_1' }, ...event });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(queryFn).toHaveBeenCalledTimes(1);
  look();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(queryFn).toHaveBeenCalledTimes(2);
});
