import { useQuery } from '@tanstack/react-query';
import { isAnyOf } from '@windlass/live/define-event';
import { jobMoved } from '@windlass/queue/jobs/events';
import { formatCount } from '@windlass/ui/format';
import { PageHeader } from '@windlass/ui/page-header';
import { Suspense } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { lazyPart } from '../../kit/lazy-part.ts';
import { ListBar } from '../../kit/list-screen/list-bar.tsx';
import { ListBody } from '../../kit/list-screen/list-body.tsx';
import { ListTable } from '../../kit/list-screen/list-table.tsx';
import { useList } from '../../kit/list-screen/use-list.tsx';
import { useUrlState } from '../../kit/use-url-state.tsx';
import type { JobTab } from '../contract.ts';
import { patchJob } from '../parts/patch-job.ts';
import type { OperationsSlice } from '../server/router.ts';
import { FailureClasses } from './failure-classes.tsx';
import { jobColumns } from './job-columns.tsx';
import { listOptions, readList, tabLabels } from './jobs-list.ts';
import { NoJobs } from './no-jobs.tsx';

/** Comes after the list: nobody opens a row before seeing it. */
const JobDrawer = lazyPart(() => import('./job-drawer.tsx').then((file) => file.JobDrawer));

const useApi = sliceOf<OperationsSlice>();

/** The heavy work behind the clicks, in business words. */
export default function JobsScreen() {
  const api = useApi();
  const [shown] = useUrlState(readList);
  const counts = useQuery(api.operations.jobCounts.queryOptions()).data;
  const list = useList({
    query: listOptions(api, shown),
    rowsOf: (ids) => api.operations.jobRows.queryOptions({ ids }),
    rowOf: ({ topic, subject }) => (topic === 'jobs' ? subject : undefined),
    patch: patchJob,
    isNew: ({ type }) => isAnyOf({ type }, jobMoved.scheduled, jobMoved.queued),
  });
  const failed = counts?.failed.count ?? 0;

  return (
    <>
      <PageHeader title="Jobs" answer={answer(counts)} {...(failed > 0 && { tone: 'danger' as const })} />
      <ListBar path="/jobs" label="Jobs by state" tabs={tabLabels} counts={counts} />
      {shown.tab === 'failed' && <FailureClasses />}
      <ListBody list={list} what="The jobs" empty={<NoJobs tab={shown.tab} />}>
        <ListTable caption="Jobs" list={list} columns={jobColumns} />
      </ListBody>
      <Suspense>
        <JobDrawer id={list.openId} onClose={list.close} />
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
