import { useMutation } from '@tanstack/react-query';
import { Button, buttonClass } from '@windlass/ui/button';
import { EmptyState } from '@windlass/ui/empty-state';
import { FailureNote } from '@windlass/ui/failure-note';
import { formatCount, formatCountOf } from '@windlass/ui/format';
import { PageHeader } from '@windlass/ui/page-header';
import { Progress } from '@windlass/ui/progress';
import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import { RouterLink } from '../../kit/render-link.tsx';
import type { OrderImport } from '../intake-contract.ts';
import type { OrdersSlice } from '../server/router.ts';
import { ImportFaults, ImportFile, ImportPreview, ImportRemarks } from './import-parts.tsx';

const useApi = sliceOf<OrdersSlice>();

type ReportProps = { report: OrderImport; back: ReactNode; again: () => void; change: () => void };

/** One upload, from the check to its orders. `again` goes back to choosing a file, `change` to its columns. */
export function ImportReport({ report, back, again, change }: ReportProps) {
  const start = useMutation(useApi().orders.startImport.mutationOptions());
  const begin = (which: 'all' | 'good') => start.mutate({ id: report.id, which });
  const another = <Button onClick={again}>Choose another file</Button>;
  const stopped = report.state === 'importing' && (report.job?.state === 'failed' || report.job?.state === 'cancelled');
  const words = start.error ? wordsOf(start.error) : undefined;
  const refused = words && (
    <FailureNote
      sentence="The import was not started."
      cause={words.sentence}
      action={
        <Button size="sm" onClick={again}>
          Choose another file
        </Button>
      }
    />
  );

  if (report.state === 'imported' && report.result)
    return <Imported report={report} result={report.result} back={back} another={another} />;
  if (report.state === 'importing' && !stopped) {
    return (
      <>
        <PageHeader
          title="Import orders"
          back={back}
          answer={`Importing ${formatCountOf(report.orderCount, 'order')}`}
        />
        <div className="flex max-w-xl flex-col gap-3 py-4">
          <Progress
            value={report.job?.progress ?? null}
            workKey={report.id}
            label={report.job?.progressNote ?? 'Writing the orders'}
            {...(report.job?.state !== 'active' && { waiting: 'Queued' })}
          />
          <p className="text-sm text-pretty text-muted">
            All of them are written, or none. You can leave this page: the work goes on, and open lists show the orders
            when they are there.
          </p>
        </div>
      </>
    );
  }
  if (report.state === 'expired') {
    return (
      <>
        <PageHeader title="Import orders" back={back} answer="This check is more than a day old" actions={another} />
        <EmptyState
          title="Nothing was written"
          body="What a file holds is kept for a day. Upload it again to see how it stands now."
        />
      </>
    );
  }

  const clean = report.faultCount === 0;
  const label = clean
    ? `Import ${formatCountOf(report.newCount, 'order')}`
    : `Import the ${formatCount(report.newCount)} good ${report.newCount === 1 ? 'one' : 'ones'}`;
  const go = report.newCount > 0 && (
    <Button variant="primary" loading={start.isPending} onClick={() => begin(clean ? 'all' : 'good')}>
      {label}
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Import orders"
        back={back}
        answer={stopped ? 'The import stopped; nothing was written' : answer(report)}
        {...(!clean && { tone: 'warning' as const })}
        actions={
          <>
            {another}
            {!stopped && go}
          </>
        }
      />
      <div className="flex flex-col gap-6 pb-8">
        {refused}
        {stopped && (
          <FailureNote
            sentence={report.job?.errorSentence ?? 'The import was cancelled.'}
            cause={report.job?.errorHint}
            action={
              <Button size="sm" variant="primary" loading={start.isPending} onClick={() => begin('good')}>
                Try again
              </Button>
            }
          />
        )}
        {report.importedBefore && (
          <FailureNote
            tone="warning"
            sentence={`${report.importedBefore.by} has imported this very file before.`}
            cause="Orders that are there already are left alone, so nothing is doubled."
          />
        )}
        <ImportFile report={report} change={change} />
        {!clean && <ImportFaults report={report} />}
        {report.remarks.length > 0 && <ImportRemarks report={report} />}
        {report.preview.length > 0 && <ImportPreview report={report} />}
      </div>
    </>
  );
}

function answer({ newCount, orderCount, faultCount, faultyOrders }: OrderImport): string {
  const faults =
    faultCount > 0 ? `${formatCountOf(faultCount, 'fault')} in ${formatCountOf(faultyOrders, 'order')}` : '';
  if (newCount > 0) return `${formatCountOf(newCount, 'new order')}, ${faults || 'no faults'}`;
  if (orderCount > 0) return `Every order of this file is there already${faults && `, ${faults}`}`;
  return `${faults}, and no order without one`;
}

type ImportedProps = {
  report: OrderImport;
  result: NonNullable<OrderImport['result']>;
  back: ReactNode;
  another: ReactNode;
};

function Imported({ report, result, back, another }: ImportedProps) {
  const { imported, skipped, firstNumber, lastNumber } = result;
  const range = imported > 1 ? `#${firstNumber}-#${lastNumber}` : `#${firstNumber}`;
  const rest = [
    skipped > 0 &&
      `${formatCountOf(skipped, 'order')} ${skipped === 1 ? 'was' : 'were'} there already and ${skipped === 1 ? 'was' : 'were'} left alone.`,
    report.faultyOrders > 0 &&
      `${formatCountOf(report.faultyOrders, 'faulty order')} ${report.faultyOrders === 1 ? 'was' : 'were'} left out.`,
  ].filter(Boolean);
  return (
    <>
      <PageHeader
        title="Import orders"
        back={back}
        answer={imported > 0 ? `${formatCountOf(imported, 'order')} imported` : 'No order was new'}
        actions={another}
      />
      <EmptyState
        icon={<CircleCheck aria-hidden size={24} />}
        title={
          imported > 0
            ? `${imported === 1 ? 'Order' : 'Orders'} ${range.replace('-', ' to ')} ${imported === 1 ? 'waits' : 'wait'} for a decision`
            : 'Nothing was written'
        }
        body={rest.length > 0 ? rest.join(' ') : `Every order of ${report.fileName} is there.`}
        {...(imported > 0 && {
          action: (
            <RouterLink
              to={`/orders?${new URLSearchParams({ tab: 'waiting', q: range })}`}
              className={buttonClass({ variant: 'primary' })}
            >
              {imported === 1 ? 'See the order' : `See the ${formatCount(imported)} orders`}
            </RouterLink>
          ),
        })}
      />
    </>
  );
}
