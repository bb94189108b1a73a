import { useQuery } from '@tanstack/react-query';
import { Button, buttonClass } from '@windlass/ui/button';
import { IconButton } from '@windlass/ui/icon-button';
import { Progress } from '@windlass/ui/progress';
import { StatusIcon } from '@windlass/ui/status-icon';
import { toneText } from '@windlass/ui/tone';
import { useCountdown } from '@windlass/ui/use-countdown';
import { X } from 'lucide-react';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { useMayAct } from '../../kit/person.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import { JobFixes } from '../../operations/parts/job-fixes.tsx';
import type { Batch } from '../contract.ts';
import type { ApprovalsSlice } from '../server/router.ts';
import { describeBatch } from './describe-batch.ts';
import { useBatchActions } from './use-bulk.tsx';

const useApi = sliceOf<ApprovalsSlice>();

/** The batches that are of interest now, one line each, above the list they are about. */
export function BatchLines() {
  const batches = useQuery(useApi().approvals.batches.queryOptions()).data?.rows ?? [];
  // Dismissed for this visit: a batch that ended leaves by itself after a quarter of an hour.
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const shown = batches.filter((batch) => !dismissed.includes(batch.id));
  if (shown.length === 0) return null;
  return (
    <ul aria-label="Batches" className="mb-3 flex flex-col divide-y rounded-md border">
      {shown.map((batch) => (
        <li key={batch.id}>
          <BatchLine batch={batch} onDismiss={() => setDismissed([...dismissed, batch.id])} />
        </li>
      ))}
    </ul>
  );
}

function BatchLine({ batch, onDismiss }: { batch: Batch; onDismiss: () => void }) {
  const { undo, stop } = useBatchActions();
  const mayAct = useMayAct('operator');
  const { sentence, tone, share } = describeBatch(batch);
  const icon = tone === 'success' ? 'check' : tone === 'danger' ? 'cross' : tone === 'neutral' ? 'ban' : 'alert';
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1.5 px-3 py-1.5">
      <div className="min-w-0 grow basis-64">
        {share === null ? (
          <p role="status" className={`flex items-center gap-2 text-sm ${toneText[tone]}`}>
            <StatusIcon name={icon} size={14} className="shrink-0" />
            {sentence}
          </p>
        ) : (
          <Progress value={share} label={sentence} workKey={batch.id} />
        )}
      </div>
      <div className="flex shrink-0 items-center gap-1.5">
        <RouterLink to={`/orders?tab=all&batch=${batch.id}`} className={buttonClass({ size: 'sm', variant: 'quiet' })}>
          See orders
        </RouterLink>
        {batch.stuck && (
          <RouterLink to={`/jobs?open=${batch.jobId}`} className={buttonClass({ size: 'sm', variant: 'quiet' })}>
            See job
          </RouterLink>
        )}
        {batch.stuck && <JobFixes jobId={batch.jobId} acknowledged={false} />}
        {mayAct && batch.state === 'running' && (
          <Button size="sm" variant="quiet" loading={stop.isPending} onClick={() => stop.mutate({ batchId: batch.id })}>
            Stop batch
          </Button>
        )}
        {mayAct && batch.undoUntil && (
          <UndoButton until={batch.undoUntil} busy={undo.isPending} onUndo={() => undo.mutate({ batchId: batch.id })} />
        )}
        {share === null && <IconButton label="Dismiss" icon={<X aria-hidden size={14} />} onClick={onDismiss} />}
      </div>
    </div>
  );
}

/** Goes at zero by itself: no event tells that the time is over. */
function UndoButton({ until, busy, onUndo }: { until: string; busy: boolean; onUndo: () => void }) {
  const left = useCountdown(new Date(until).getTime());
  if (left === 0) return null;
  return (
    <Button size="sm" loading={busy} onClick={onUndo}>
      Undo{' '}
      <span aria-hidden className="inline-block w-[4ch] text-left tabular-nums">
        {left} s
      </span>
    </Button>
  );
}
