import { useQuery } from '@tanstack/react-query';
import { removed } from '@windlass/config/budgets';
import { BudgetBar } from '@windlass/ui/budget-bar';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '@windlass/ui/data-table';
import { formatCount, formatDuration, formatPercent } from '@windlass/ui/format';
import { PageHeader } from '@windlass/ui/page-header';
import { RelativeTime } from '@windlass/ui/relative-time';
import { SkeletonRows } from '@windlass/ui/skeleton';
import { StatusChip } from '@windlass/ui/status-chip';
import type { ReactNode } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import type { Measures } from '../contract.ts';
import type { OperationsSlice } from '../server/router.ts';

const useApi = sliceOf<OperationsSlice>();

/** The figures are a report's, not a clock's. In ms. */
const COUNT_EVERY = 30_000;

/** What was promised, beside what the last day really took. */
export default function BudgetsScreen() {
  const query = useQuery(useApi().operations.measures.queryOptions(undefined, { staleTime: COUNT_EVERY, refetchInterval: COUNT_EVERY }));
  if (query.isError) return <FailedQuery what="The figures" error={query.error} retry={() => void query.refetch()} />;
  const measures = query.data;
  return (
    <>
      <PageHeader title="Budgets" answer={measures ? answer(measures) : ' '} {...(measures?.budgets.some(isOver) && { tone: 'warning' as const })} />
      {!measures ? <SkeletonRows rows={8} columns={['w-64', 'w-24', 'w-24', 'w-24', 'w-40']} /> : (
        <div className="flex flex-col gap-8 pb-8">
          <Promises measures={measures} />
          <div className="grid gap-8 lg:grid-cols-2">
            <Jobs jobs={measures.jobs} />
            <Errors measures={measures} />
          </div>
          <p className="text-sm text-muted">The last 24 hours, counted <RelativeTime at={new Date(measures.at)} />. “Half” and “95 of 100”: so many were at most this slow.</p>
        </div>
      )}
    </>
  );
}

const isOver = ({ p95, budgetMs }: Measures['budgets'][number]): boolean => p95 !== null && p95 > budgetMs;

function answer({ budgets }: Measures): string {
  const over = budgets.filter(isOver);
  if (budgets.every(({ count }) => count === 0)) return 'Nothing to measure yet: approve an order';
  if (over.length === 0) return 'Everything within its budget';
  return over.length === 1 ? `Too slow: ${over[0]!.title.toLowerCase()}` : `${over.length} promises are not kept`;
}

const time = (ms: number | null): string => (ms === null ? '–' : formatDuration(ms));

function Promises({ measures }: { measures: Measures }) {
  return (
    <Section title="Promised and measured">
      <Table caption="Promised and measured">
        <TableHead>
          <HeadCell className="w-1/3">Step</HeadCell>
          <HeadCell hideBelow="lg">Before Windlass</HeadCell>
          <HeadCell numeric>Budget</HeadCell>
          <HeadCell numeric>Half</HeadCell>
          <HeadCell numeric>95 of 100</HeadCell>
          <HeadCell numeric hideBelow="lg">Slowest</HeadCell>
          <HeadCell className="w-40" hideBelow="md">Against the budget</HeadCell>
        </TableHead>
        <TableBody>
          {measures.budgets.map((row) => (
            <Row key={row.name}>
              <Cell card="title">{row.title} <span className="text-xs text-faint">{row.requirement}</span></Cell>
              <Cell label="Before" hideBelow="lg" className="text-muted">{row.before}</Cell>
              <Cell label="Budget" numeric>{formatDuration(row.budgetMs)}</Cell>
              <Cell label="Half" numeric>{time(row.p50)}</Cell>
              <Cell label="95 of 100" numeric>{time(row.p95)}</Cell>
              <Cell label="Slowest" numeric hideBelow="lg">{time(row.worst)}</Cell>
              <Cell card="line" hideBelow="md">{row.p95 === null ? <span className="text-muted">not measured yet</span> : <BudgetBar durationMs={row.p95} budgetMs={row.budgetMs} />}</Cell>
            </Row>
          ))}
          {removed.map((row) => (
            <Row key={row.title}>
              <Cell card="title">{row.title} <span className="text-xs text-faint">{row.requirement}</span></Cell>
              <Cell label="Before" hideBelow="lg" className="text-muted">{row.before}</Cell>
              <Cell card="line" colSpan={5} className="text-muted"><span className="mr-2"><StatusChip tone="success" icon="check" label="Gone" /></span>{row.instead}</Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}

function Jobs({ jobs }: { jobs: Measures['jobs'] }) {
  return (
    <Section title="Work, by kind" empty={jobs.length === 0 && 'No job ended in the last 24 hours.'}>
      <Table caption="Work, by kind">
        <TableHead><HeadCell className="w-1/2">Job</HeadCell><HeadCell numeric>Ended</HeadCell><HeadCell numeric>Failed</HeadCell><HeadCell numeric>Half</HeadCell><HeadCell numeric>95 of 100</HeadCell></TableHead>
        <TableBody>
          {jobs.map((job) => (
            <Row key={job.name}>
              <Cell card="title">{job.title}</Cell>
              <Cell label="Ended" numeric>{formatCount(job.count)}</Cell>
              <Cell label="Failed" numeric>{formatCount(job.failed)}</Cell>
              <Cell label="Half" numeric>{time(job.p50)}</Cell>
              <Cell label="95 of 100" numeric>{time(job.p95)}</Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}

function Errors({ measures: { deliveries, errors } }: { measures: Measures }) {
  const ended = deliveries.delivered + deliveries.failed;
  const rate = ended === 0 ? 'No mail ended in the last 24 hours.' : `${formatPercent(deliveries.delivered / ended)} of ${formatCount(ended)} mails were accepted.`;
  return (
    <Section title="Mail, and what went wrong" note={rate} empty={errors.length === 0 && 'No attempt failed.'}>
      <Table caption="Failed attempts by reason">
        <TableHead><HeadCell className="w-3/4">Reason</HeadCell><HeadCell numeric>Attempts</HeadCell></TableHead>
        <TableBody>
          {errors.map(({ code, sentence, count }) => (
            <Row key={code}>
              <Cell card="title" clip title={code}>{sentence ?? code}</Cell>
              <Cell label="Attempts" numeric>{formatCount(count)}</Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}

function Section({ title, note, empty, children }: { title: string; note?: string; empty?: string | false; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h2 className="pb-1 font-semibold">{title}</h2>
      {note && <p className="pb-2 text-sm text-muted">{note}</p>}
      {empty ? <p className="text-sm text-muted">{empty}</p> : children}
    </section>
  );
}
