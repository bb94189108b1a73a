import { Progress } from '@windlass/ui/progress';
import type { JobRow } from '../contract.ts';

/** What a job does right now: its step and how far it is, what it waits for, or why it stopped. */
export function JobProgress({ job }: { job: JobRow }) {
  if (job.state === 'active' && job.step && job.stepNumber) {
    const share = job.progress ?? 0.5;
    return (
      <Progress
        compact
        workKey={job.id}
        value={(job.stepNumber - 1 + share) / job.stepCount}
        label={job.progressNote ?? job.step}
        count={`${job.stepNumber}/${job.stepCount}`}
      />
    );
  }
  if (job.waitsFor) return <span title={job.waitsFor}>{`Waits for: ${job.waitsFor}`}</span>;
  return <span title={job.errorSentence ?? undefined}>{job.errorSentence}</span>;
}
