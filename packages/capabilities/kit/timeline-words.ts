import type { EventDefinition } from '@windlass/live/define-event';
import type { TimelineItemProps } from '@windlass/ui/timeline-item';
import type { ComponentType } from 'react';
import type { TimelineEvent } from './timeline-contract.ts';

export type Words = Omit<TimelineItemProps, 'at'>;

/** How one kind of event reads on a timeline. */
export type EventWords = {
  event: EventDefinition;
  tell: (data: Record<string, unknown>) => Words;
  /** Several in a row that are one thing that happened, such as two hundred photos dropped at once. */
  together?: {
    alike: (before: Record<string, unknown>, next: Record<string, unknown>) => boolean;
    tell: (count: number, data: Record<string, unknown>) => Words;
  };
};

type Typed<Data> = {
  tell: (data: Partial<Data>) => Words;
  together?: {
    alike: (before: Partial<Data>, next: Partial<Data>) => boolean;
    tell: (count: number, data: Partial<Data>) => Words;
  };
};

/** Holds the words to what the event says. Anything may be missing: it was told by whichever release was there then. */
export const tells = <Data extends object>(
  event: EventDefinition<Data>,
  words: Typed<Data> | Typed<Data>['tell'],
): EventWords => ({ event, ...(typeof words === 'function' ? { tell: words } : words) }) as unknown as EventWords;

/** Events that are one story, such as those of one delivery: drawn as one entry, where the latest of them stands. */
export type EventStory = {
  /** Which story an event belongs to; undefined: to none of these. */
  storyOf: (event: TimelineEvent) => string | undefined;
  Story: ComponentType<{ id: string; events: readonly TimelineEvent[] }>;
};

/** What a capability knows to say of its events. What has no words is told on no timeline. */
export type TimelineWords = { words: readonly EventWords[]; stories?: readonly EventStory[] };
