import type { TimelineEvent } from './timeline-contract.ts';
import type { EventStory, EventWords, TimelineWords, Words } from './timeline-words.ts';

export type PlainEntry = { kind: 'plain'; seq: number; at: string; item: Words };
export type StoryEntry = { kind: 'story'; id: string; at: string; story: EventStory; events: TimelineEvent[] };
/** The last plain entry, to which the next event may belong. */
type Last = { entry: PlainEntry; of: EventWords; data: TimelineEvent['data']; count: number };

/**
 * The record of a subject in people's words, in the order of causes: one entry an event, but all events of a story are
 * one. That one stands where its latest event does, so that what led to it is above it and what it led to below.
 */
export function describeTimeline(
  events: readonly TimelineEvent[],
  known: readonly TimelineWords[],
): (PlainEntry | StoryEntry)[] {
  const words = new Map(known.flatMap((one) => one.words).map((one) => [one.event.type, one]));
  const stories = known.flatMap((one) => one.stories ?? []);
  const told = new Set<PlainEntry | StoryEntry>();
  const begun = new Map<string, StoryEntry>();
  let last: Last | undefined;

  for (const event of events) {
    const { seq, at, data } = event;
    const found = findStory(stories, event);
    if (found) {
      const { id, story } = found;
      const entry = begun.get(id) ?? { kind: 'story', id, at, story, events: [] };
      begun.set(id, entry);
      entry.at = at;
      entry.events.push(event);
      told.delete(entry); // and in again, at the end
      told.add(entry);
      last = undefined;
      continue;
    }
    const of = words.get(event.type);
    if (!of) continue;
    if (last?.of === of && of.together?.alike(last.data, data)) {
      last.count += 1;
      Object.assign(last.entry, { at, item: of.together.tell(last.count, data) });
      continue;
    }
    const entry: PlainEntry = { kind: 'plain', seq, at, item: of.tell(data) };
    told.add(entry);
    last = { entry, of, data, count: 1 };
  }
  return [...told];
}

function findStory(stories: readonly EventStory[], event: TimelineEvent) {
  for (const story of stories) {
    const id = story.storyOf(event);
    if (id !== undefined) return { id, story };
  }
  return undefined;
}
