import { Timeline } from '@windlass/ui/timeline';
import { TimelineItem } from '@windlass/ui/timeline-item';
import type { JobDetail } from '../contract.ts';

const outcomes: Record<string, { words: string; tone: 'warning' | 'danger' | 'neutral'; icon: 'clock' | 'cross' | 'ban' | 'question' }> = {
  retried: { words: 'failed, tried again', tone: 'warning', icon: 'clock' },
  failed: { words: 'failed', tone: 'danger', icon: 'cross' },
  cancelled: { words: 'cancelled', tone: 'neutral', icon: 'ban' },
  lost: { words: 'the worker vanished', tone: 'warning', icon: 'question' },
  postponed: { words: 'put off', tone: 'neutral', icon: 'clock' },
};

/** Attempts that did not succeed, then the steps of the last one. */
export function JobAttempts({ job }: { job: JobDetail }) {
  const entries = [
    ...job.attemptRows.map((row) => ({ kind: 'attempt' as const, at: row.endedAt, row })),
    ...job.steps.map((row) => ({ kind: 'step' as const, at: row.startedAt, row })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  if (entries.length === 0) return <p className="text-muted">Nothing has happened yet.</p>;
  return (
    <Timeline label="What happened">
      {entries.map((entry) =>
        entry.kind === 'step' ? (
          <TimelineItem key={entry.row.title} title={entry.row.title} at={new Date(entry.at)} tone="success" icon="check" durationMs={entry.row.ms} />
        ) : (
          <TimelineItem
            key={`attempt ${entry.row.attempt}`}
            title={`Start ${entry.row.attempt}: ${entry.row.errorSentence ?? outcomes[entry.row.outcome]?.words ?? entry.row.outcome}`}
            at={new Date(entry.at)}
            tone={outcomes[entry.row.outcome]?.tone ?? 'neutral'}
            icon={outcomes[entry.row.outcome]?.icon ?? 'clock'}
          >
            <p className="text-muted">{entry.row.errorHint}</p>
            <p className="font-mono text-xs text-muted">{[entry.row.errorCode, entry.row.errorMessage].filter(Boolean).join(': ')}</p>
          </TimelineItem>
        ),
      )}
    </Timeline>
  );
}
