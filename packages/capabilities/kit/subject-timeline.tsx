import { Skeleton } from '@windlass/ui/skeleton';
import { Timeline } from '@windlass/ui/timeline';
import { TimelineItem } from '@windlass/ui/timeline-item';
import { createContext, Suspense, use, useMemo } from 'react';
import { describeTimeline } from './describe-timeline.ts';
import type { TimelineEvent } from './timeline-contract.ts';
import type { TimelineWords } from './timeline-words.ts';

const KnownWords = createContext<() => Promise<readonly TimelineWords[]>>(async () => []);

/** All capabilities' words, fetched once: the same promise every time. */
export const TimelineWordsProvider = KnownWords.Provider;

type SubjectTimelineProps = { /** What it is the timeline of. */ label: string; events: readonly TimelineEvent[] };

/** What happened with a subject, whoever's events they are, each in its owner's words. */
export function SubjectTimeline(props: SubjectTimelineProps) {
  return (
    <Suspense fallback={<Skeleton className="h-24" />}>
      <Told {...props} />
    </Suspense>
  );
}

function Told({ label, events }: SubjectTimelineProps) {
  const words = use(use(KnownWords)());
  const entries = useMemo(() => describeTimeline(events, words), [events, words]);
  return (
    <Timeline label={label}>
      {entries.map((entry) =>
        entry.kind === 'story' ? (
          <entry.story.Story key={entry.id} id={entry.id} events={entry.events} />
        ) : (
          <TimelineItem key={entry.seq} {...entry.item} at={new Date(entry.at)} />
        ),
      )}
    </Timeline>
  );
}
