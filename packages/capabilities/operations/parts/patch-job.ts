import { readJobReport } from '@windlass/queue/jobs/job-report';
import type { LiveEvent } from '@windlass/live/event';
import type { JobRow } from '../contract.ts';

/** A job's row with a report of its own put in its place. Undefined: the event is none, so the row is asked for. */
export function patchJob<Row extends JobRow>(row: Row, event: LiveEvent): Row | undefined {
  const report = readJobReport(event);
  if (!report) return undefined;
  if (row.state !== 'active') return row; // it has ended since, or was never seen to begin: the next word of its state says so
  if (report.kind === 'progress') return { ...row, progress: report.value, progressNote: report.note };
  return {
    ...row,
    step: report.title,
    stepNumber: report.index + 1,
    stepCount: report.of,
    progress: null,
    progressNote: null,
  };
}
