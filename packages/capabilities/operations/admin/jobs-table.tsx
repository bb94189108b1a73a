import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '@windlass/ui/data-table';
import { cx } from '@windlass/ui/cx';
import { linkStyle } from '@windlass/ui/link-style';
import { RelativeTime } from '@windlass/ui/relative-time';
import { SkeletonRows } from '@windlass/ui/skeleton';
import { StatusChip } from '@windlass/ui/status-chip';
import { RouterLink } from '../../kit/render-link.tsx';
import type { JobRow } from '../contract.ts';
import { JobFix } from './job-fix.tsx';
import { jobBadge } from './job-badge.ts';
import { JobProgress } from './job-progress.tsx';

export type JobsTableProps = {
  rows: readonly JobRow[];
  loading: boolean;
  focused: string | undefined;
  onOpen: (id: string) => void;
};

export function JobsTable({ rows, loading, focused, onOpen }: JobsTableProps) {
  if (loading) return <SkeletonRows rows={10} columns={['w-40', 'w-24', 'w-24', 'w-48', 'w-14', 'w-24']} />;
  return (
    <Table caption="Jobs">
      <TableHead>
        <HeadCell className="w-1/4">Job</HeadCell>
        <HeadCell className="w-32">For</HeadCell>
        <HeadCell className="w-36">State</HeadCell>
        <HeadCell className="w-1/3" hideBelow="md">
          Now
        </HeadCell>
        <HeadCell numeric hideBelow="lg">
          Try
        </HeadCell>
        <HeadCell className="w-28" hideBelow="md">
          Created
        </HeadCell>
      </TableHead>
      <TableBody>
        {rows.map((job) => (
          <Row key={job.id} focused={job.id === focused} onOpen={() => onOpen(job.id)}>
            <Cell card="title" clip>
              {job.title}
            </Cell>
            <Cell label="For" className="whitespace-nowrap">
              {job.serves && (
                <RouterLink to={job.serves.to} className={cx(linkStyle, 'inline-block max-w-32 truncate align-bottom')}>
                  {job.serves.label}
                </RouterLink>
              )}
            </Cell>
            <Cell card="side">
              <StatusChip {...jobBadge(job)} />
            </Cell>
            <Cell card="sub" clip hideBelow="md" className="text-muted">
              <span className="flex items-center gap-3">
                <span className="min-w-0 flex-1 truncate">
                  <JobProgress job={job} />
                </span>
                <span className="flex shrink-0 max-2xl:in-[body:has([data-side-panel])]:hidden">
                  <JobFix job={job} onOpen={() => onOpen(job.id)} />
                </span>
              </span>
            </Cell>
            <Cell card="none" numeric hideBelow="lg">{`${job.tryNumber} of ${job.tries}`}</Cell>
            <Cell label="Created" hideBelow="md" className="whitespace-nowrap text-muted">
              <RelativeTime at={new Date(job.createdAt)} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
