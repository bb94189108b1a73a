import { Button } from '@windlass/ui/button';
import { LOST_ANSWER } from '../../deliveries/contract.ts';
import { mendsByAddress } from '../../deliveries/rules.ts';
import { useMayAct } from '../../kit/person.tsx';
import type { JobRow } from '../contract.ts';
import { useJobActions } from '../parts/use-job-actions.tsx';

/** In a row of the list: runs a failed job again, or leads to its box where that takes a decision or an address. */
export function JobFix({ job, onOpen }: { job: JobRow; onOpen: () => void }) {
  const { retry } = useJobActions();
  const mayAct = useMayAct('operator');
  if (!mayAct || job.state !== 'failed' || job.acknowledged) return null;
  if (job.errorCode === LOST_ANSWER.code)
    return (
      <Button size="sm" onClick={onOpen}>
        Decide…
      </Button>
    );
  if (mendsByAddress({ state: 'failed', errorCode: job.errorCode }))
    return (
      <Button size="sm" onClick={onOpen}>
        Correct address…
      </Button>
    );
  return (
    <Button size="sm" loading={retry.isPending} onClick={() => retry.mutate({ id: job.id })}>
      Try again
    </Button>
  );
}
