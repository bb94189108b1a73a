import { Timeline } from '@windlass/ui/timeline';
import { TimelineItem } from '@windlass/ui/timeline-item';
import type { JobDetail } from '../contract.ts';

const outcomes: Record<
  string,
  { words: string; tone: 'warning' | 'danger' | 'neutral'; icon: 'clock' | 'cross' | 'ban' | 'question' }
> = {
  retried: { words: 'failed, tried again', tone: 'warning', icon: 'clock' },
  failed: { words: 'failed', tone: 'danger', icon: 'cross' },
  cancelled: { words: 'cancelled', tone: 'neutral', icon: 'ban' },
  lost: { words: 'the worker vanished', tone: 'warning', icon: 'question' },
  postponed: { words: 'put off', tone: 'neutral', icon: 'clock' },
};

const passed = { tone: 'success', icon: 'check' } as const;
const ended = { tone: 'neutral', icon: 'circle' } as const;

/** Attempts that did not succeed, then the steps of the last one. */
export function JobAttempts({ job }: { job: JobDetail }) {
  const entries = [
    ...job.attemptRows.map((row) => ({ kind: 'attempt' as const, at: row.endedAt, row })),
    ...job.steps.map((row) => ({ kind: 'step' as const, at: row.startedAt, row })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  if (entries.length === 0)
    return (
      <p className="text-muted">
        {job.state === 'cancelled' ? 'It was cancelled before its first start.' : 'Nothing has happened yet.'}
      </p>
    );
  // A step that ended in failure has ended all the same: only those before it, or of a job that got through, deserve a
  // tick.
  const stoppedAt =
    job.state === 'succeeded' || job.state === 'degraded' || job.state === 'active' ? undefined : job.steps.at(-1);
  return (
    <Timeline label="What happened">
      {entries.map((entry) =>
        entry.kind === 'step' ? (
          <TimelineItem
            key={entry.row.title}
            title={entry.row.title}
            at={new Date(entry.at)}
            {...(entry.row === stoppedAt ? ended : passed)}
            durationMs={entry.row.ms}
          />
        ) : (
          <TimelineItem
            key={`attempt ${entry.row.attempt}`}
            title={`Start ${entry.row.attempt}: ${entry.row.errorSentence ?? outcomes[entry.row.outcome]?.words ?? entry.row.outcome}`}
            at={new Date(entry.at)}
            tone={job.acknowledged ? 'neutral' : (outcomes[entry.row.outcome]?.tone ?? 'neutral')}
            icon={outcomes[entry.row.outcome]?.icon ?? 'clock'}
          >
            <p className="text-muted">{entry.row.errorHint}</p>
            <p className="font-mono text-xs text-muted">
              {[entry.row.errorCode, entry.row.errorMessage].filter(Boolean).join(': ')}
            </p>
          </TimelineItem>
        ),
      )}
    </Timeline>
  );
}
