import type { LiveEvent } from '@windlass/live/event';
import { readJobReport } from '@windlass/queue/jobs/job-report';
import type { ArtworkRow } from '../contract.ts';

/** An artwork's row with a report of the job that makes its pictures put in its place. Undefined: the event is none. */
export function patchArtwork<Row extends ArtworkRow>(row: Row, event: LiveEvent): Row | undefined {
  const report = readJobReport(event);
  if (!report) return undefined;
  if (row.job?.id !== event.subject || row.job.state !== 'active') return row;
  const news = report.kind === 'step' ? { step: report.step, progress: null } : { progress: report.value };
  return { ...row, job: { ...row.job, ...news } };
}
