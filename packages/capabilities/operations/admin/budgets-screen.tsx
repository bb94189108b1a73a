import { useQuery } from '@tanstack/react-query';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '@windlass/ui/data-table';
import { formatCount, formatPercent } from '@windlass/ui/format';
import { Hinted } from '@windlass/ui/hinted';
import { PageHeader } from '@windlass/ui/page-header';
import { RelativeTime } from '@windlass/ui/relative-time';
import { SkeletonRows } from '@windlass/ui/skeleton';
import type { ReactNode } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import type { Measures } from '../contract.ts';
import type { OperationsSlice } from '../server/router.ts';
import { BudgetSteps, RemovedSteps } from './budget-steps.tsx';
import { isOver, PERCENTILES, describeBudgets, time } from './budget-words.ts';

const useApi = sliceOf<OperationsSlice>();

/** The figures are a report's, not a clock's. In ms. */
const COUNT_EVERY = 30_000;

/** How long each step may take, beside what the last day really took. */
export default function BudgetsScreen() {
  const query = useQuery(
    useApi().operations.measures.queryOptions(undefined, { staleTime: COUNT_EVERY, refetchInterval: COUNT_EVERY }),
  );
  if (query.isError) return <FailedQuery what="The figures" error={query.error} retry={() => void query.refetch()} />;
  const measures = query.data;
  return (
    <>
      <PageHeader
        title="Budgets"
        answer={measures ? describeBudgets(measures.budgets) : ' '}
        {...(measures?.budgets.some(isOver) && { tone: 'warning' as const })}
      />
      {!measures ? (
        <SkeletonRows rows={8} columns={['w-64', 'w-24', 'w-24', 'w-24', 'w-40']} />
      ) : (
        <div className="flex flex-col gap-8 pb-8">
          <Section title="How long each step may take, and took">
            <BudgetSteps budgets={measures.budgets} />
          </Section>
          <Section title="Steps that are gone">
            <RemovedSteps steps={measures.removedSteps} />
          </Section>
          <div className="grid gap-8 lg:grid-cols-2">
            <Jobs jobs={measures.jobs} />
            <Errors measures={measures} />
          </div>
          <p className="text-sm text-pretty text-muted">
            The last 24 hours, counted <RelativeTime at={new Date(measures.at)} />. p50: {PERCENTILES.p50}. p95:{' '}
            {PERCENTILES.p95}.
          </p>
        </div>
      )}
    </>
  );
}

function Jobs({ jobs }: { jobs: Measures['jobs'] }) {
  return (
    <Section title="Work, by kind" empty={jobs.length === 0 && 'No job ended in the last 24 hours.'}>
      <Table caption="Work, by kind">
        <TableHead>
          <HeadCell className="w-1/2">Job</HeadCell>
          <HeadCell numeric>Ended</HeadCell>
          <HeadCell numeric>Failed</HeadCell>
          <HeadCell numeric>
            <Hinted hint={PERCENTILES.p50}>p50</Hinted>
          </HeadCell>
          <HeadCell numeric>
            <Hinted hint={PERCENTILES.p95}>p95</Hinted>
          </HeadCell>
        </TableHead>
        <TableBody>
          {jobs.map((job) => (
            <Row key={job.name}>
              <Cell card="title" clip title={job.title}>
                {job.title}
              </Cell>
              <Cell label="Ended" numeric>
                {formatCount(job.count)}
              </Cell>
              <Cell label="Failed" numeric>
                {formatCount(job.failed)}
              </Cell>
              <Cell label="Half took under" numeric>
                {time(job.p50)}
              </Cell>
              <Cell label="95 of 100 took under" numeric>
                {time(job.p95)}
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}

function Errors({ measures: { deliveries, errors } }: { measures: Measures }) {
  const ended = deliveries.delivered + deliveries.failed;
  const rate =
    ended === 0
      ? 'No mail ended in the last 24 hours.'
      : `${formatPercent(deliveries.delivered / ended)} of ${formatCount(ended)} mails were sent.`;
  return (
    <Section title="Mail, and what went wrong" note={rate} empty={errors.length === 0 && 'No attempt failed.'}>
      <Table caption="Failed attempts by reason">
        <TableHead>
          <HeadCell className="w-3/4">Reason</HeadCell>
          <HeadCell numeric>Attempts</HeadCell>
        </TableHead>
        <TableBody>
          {errors.map(({ code, sentence, count }) => (
            <Row key={code}>
              <Cell card="title" clip title={sentence ?? code}>
                {sentence ?? code}
              </Cell>
              <Cell label="Attempts" numeric>
                {formatCount(count)}
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}

function Section({
  title,
  note,
  empty,
  children,
}: {
  title: string;
  note?: string;
  empty?: string | false;
  children: ReactNode;
}) {
  return (
    <section className="min-w-0">
      <h2 className="pb-1 font-semibold">{title}</h2>
      {note && <p className="pb-2 text-sm text-muted">{note}</p>}
      {empty ? <p className="text-sm text-muted">{empty}</p> : children}
    </section>
  );
}
