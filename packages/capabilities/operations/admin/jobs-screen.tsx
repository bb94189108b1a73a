import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { buttonClass } from '@windlass/ui/button';
import { EmptyState } from '@windlass/ui/empty-state';
import { formatCount } from '@windlass/ui/format';
import { NewRowsBanner } from '@windlass/ui/new-rows-banner';
import { PageHeader } from '@windlass/ui/page-header';
import { TabsWithCounts } from '@windlass/ui/tabs-with-counts';
import { isAnyOf } from '@windlass/live/define-event';
import { jobMoved } from '@windlass/queue/jobs/events';
import { Suspense } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { lazyPart } from '../../kit/lazy-part.ts';
import { LoadMore } from '../../kit/load-more.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import { useLiveRows } from '../../kit/use-live-rows.tsx';
import { useListKeys } from '../../kit/use-list-keys.tsx';
import { oneOf, type UrlSearch, useUrlState } from '../../kit/use-url-state.tsx';
import type { JobTab } from '../contract.ts';
import type { OperationsSlice } from '../server/router.ts';
import { patchJob } from '../parts/patch-job.ts';
import { FailureClasses } from './failure-classes.tsx';
import { JobsTable } from './jobs-table.tsx';

/** Comes after the list: nobody opens a row before seeing it. */
const JobDrawer = lazyPart(() => import('./job-drawer.tsx').then((file) => file.JobDrawer));

const useApi = sliceOf<OperationsSlice>();
const tabLabels: Record<JobTab, string> = { all: 'All', moving: 'In progress', failed: 'Failed', done: 'Done' };
const tabs = Object.keys(tabLabels) as JobTab[];
const readUrl = ({ tab, open }: UrlSearch) => ({ tab: oneOf(tabs, tab), open });

const emptyWords: Record<JobTab, { title: string; body: string }> = {
  all: {
    title: 'No jobs yet',
    body: 'Each click that causes heavy work makes a job: approve an order and watch its mail being sent.',
  },
  moving: { title: 'Nothing is in progress', body: 'Jobs stand here while they are queued, run or are tried again.' },
  failed: { title: 'Nothing failed', body: 'Jobs that need a person come here, with the reason and what to do.' },
  done: { title: 'Nothing is done yet', body: 'Jobs come here when they have ended.' },
};

/** The heavy work behind the clicks, in business words. */
export default function JobsScreen() {
  const api = useApi();
  const [{ tab, open }, setUrl] = useUrlState(readUrl);
  const counts = useQuery(api.operations.jobCounts.queryOptions()).data;
  const listOptions = api.operations.jobs.infiniteQueryOptions(
    { tab },
    { getNextPageParam: (page) => page.next ?? undefined, placeholderData: (previous) => previous },
  );
  const list = useInfiniteQuery(listOptions);
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const queryClient = useQueryClient();
  const live = useLiveRows({
    listKey: listOptions.queryKey,
    rows,
    rowOf: ({ topic, subject }) => (topic === 'jobs' ? subject : undefined),
    patch: patchJob,
    isNew: ({ type }) => isAnyOf({ type }, jobMoved.scheduled, jobMoved.queued),
    fetchRows: (ids) =>
      queryClient.fetchQuery(api.operations.jobRows.queryOptions({ ids }, { staleTime: 0, gcTime: 0 })),
  });
  const openJob = (id: string | undefined) => setUrl({ open: id });
  const { focused, focus } = useListKeys({ ids: rows.map((row) => row.id), openId: open, open: openJob });
  const failed = counts?.failed.count ?? 0;

  return (
    <>
      <PageHeader title="Jobs" answer={answer(counts)} {...(failed > 0 && { tone: 'danger' as const })} />
      <TabsWithCounts
        label="Jobs by state"
        current={tab}
        renderLink={RouterLink}
        tabs={tabs.map((key) => ({
          key,
          label: tabLabels[key],
          to: `/jobs?tab=${key}`,
          ...(counts && { count: counts[key].count, more: counts[key].more }),
        }))}
      />
      {tab === 'failed' && <FailureClasses />}
      <NewRowsBanner count={live.waiting} onShow={live.show} />
      {list.isError ? (
        <FailedQuery what="The jobs" error={list.error} retry={() => void list.refetch()} />
      ) : list.isSuccess && rows.length === 0 ? (
        <EmptyState
          {...emptyWords[tab]}
          {...(tab === 'all' && {
            action: (
              <RouterLink to="/orders" className={buttonClass({})}>
                Go to Orders
              </RouterLink>
            ),
          })}
        />
      ) : (
        <JobsTable
          rows={rows}
          loading={list.isPending}
          focused={focused}
          onOpen={(id) => {
            focus(id);
            openJob(id);
          }}
        />
      )}
      <LoadMore more={list.hasNextPage} busy={list.isFetchingNextPage} load={() => void list.fetchNextPage()} />
      <Suspense>
        <JobDrawer id={open} onClose={() => openJob(undefined)} />
      </Suspense>
    </>
  );
}

function answer(counts: Record<JobTab, { count: number; more: boolean }> | undefined): string {
  if (!counts) return ' ';
  if (counts.failed.count > 0)
    return counts.failed.count === 1
      ? '1 job failed and waits for you'
      : `${formatCount(counts.failed.count)} jobs failed and wait for you`;
  if (counts.moving.count > 0) return `${formatCount(counts.moving.count)} in progress`;
  return counts.all.count > 0 ? 'All work is done' : 'No work yet';
}
