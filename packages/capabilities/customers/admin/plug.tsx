import { isJobReport, readJobReport } from '@windlass/queue/jobs/job-report';
import type { AdminPlug } from '../../kit/admin-plug.ts';
import { isIdOf } from '../../kit/is-id-of.ts';
import { patchQuery } from '../../kit/patch-query.ts';
import type { Erasure } from '../contract.ts';

/** Its panel stands in Settings. */
export const adminPlug: AdminPlug = {
  screens: [],
  rail: [],
  invalidates: ({ topic, type, data }) =>
    topic === 'customers' || (topic === 'jobs' && isIdOf('era', data.serves) && !isJobReport(type))
      ? [['customers', 'erasures']]
      : [],
  patch(event, queryClient) {
    const report = readJobReport(event);
    if (report?.kind !== 'step') return;
    const put = (row: Erasure): Erasure =>
      row.job?.id === event.subject && row.job.state === 'active'
        ? { ...row, job: { ...row.job, step: report.step } }
        : row;
    patchQuery<{ rows: Erasure[] }>(queryClient, ['customers', 'erasures'], ({ rows }) => ({ rows: rows.map(put) }));
  },
};
