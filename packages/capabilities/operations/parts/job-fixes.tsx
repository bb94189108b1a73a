import { Button } from '@windlass/ui/button';
import { useMayAct } from '../../kit/person.tsx';
import { useJobActions } from './use-job-actions.tsx';

/** What mends a failed job, for the box that says why it failed. */
export function JobFixes({ jobId, acknowledged }: { jobId: string; acknowledged: boolean }) {
  const { retry, acknowledge } = useJobActions();
  if (!useMayAct('operator')) return null;
  return (
    <>
      <Button
        size="sm"
        variant={acknowledged ? 'secondary' : 'primary'}
        loading={retry.isPending}
        onClick={() => retry.mutate({ id: jobId })}
      >
        Try again
      </Button>
      {!acknowledged && (
        <Button
          size="sm"
          variant="quiet"
          loading={acknowledge.isPending}
          onClick={() => acknowledge.mutate({ id: jobId })}
        >
          Acknowledge
        </Button>
      )}
    </>
  );
}
