import { StatusChip } from '@windlass/ui/status-chip';
import type { Column } from '../../kit/list-screen/column.tsx';
import { createdColumn, servesColumn } from '../../kit/list-screen/common-columns.tsx';
import type { JobRow } from '../contract.ts';
import { jobBadge } from './job-badge.ts';
import { JobFix } from './job-fix.tsx';
import { JobProgress } from './job-progress.tsx';

export const jobColumns: readonly Column<JobRow>[] = [
  { head: 'Job', width: 'w-1/4', bar: 'w-40', card: 'title', clip: true, cell: (job) => job.title },
  servesColumn,
  {
    head: 'State',
    width: 'w-36',
    bar: 'w-24',
    card: 'side',
    cell: (job) => <StatusChip {...jobBadge(job)} />,
  },
  {
    head: 'Now',
    width: 'w-1/3',
    bar: 'w-48',
    card: 'sub',
    clip: true,
    hideBelow: 'md',
    className: 'text-muted',
    cell: (job, open) => (
      <span className="flex items-center gap-3">
        <span className="min-w-0 flex-1 truncate">
          <JobProgress job={job} />
        </span>
        <span className="flex shrink-0 max-2xl:in-[body:has([data-side-panel])]:hidden">
          <JobFix job={job} onOpen={open} />
        </span>
      </span>
    ),
  },
  {
    head: 'Try',
    bar: 'w-14',
    card: 'none',
    numeric: true,
    hideBelow: 'lg',
    cell: (job) => `${job.tryNumber} of ${job.tries}`,
  },
  createdColumn,
];
