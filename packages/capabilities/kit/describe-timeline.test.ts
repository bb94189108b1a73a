import { defineEvent } from '@windlass/live/define-event';
import { expect, it } from 'vitest';
import { describeTimeline } from './describe-timeline.ts';
import type { TimelineEvent } from './timeline-contract.ts';
import { tells, type TimelineWords } from './timeline-words.ts';

const placed = defineEvent('orders', 'order.placed');
const photoSent = defineEvent<{ by: string }>('artwork', 'photo.sent');
const known: TimelineWords[] = [
  { words: [tells(placed, () => ({ title: 'Placed' }))] },
  {
    words: [
      tells(photoSent, {
        tell: ({ by }) => ({ title: `A photo from ${by}` }),
        together: {
          alike: (before, next) => before.by === next.by,
          tell: (count, { by }) => ({ title: `${count} photos from ${by}` }),
        },
      }),
    ],
    stories: [
      {
        storyOf: ({ type, data }) => (type.startsWith('mail.') ? String(data.mail) : undefined),
        Story: () => null,
      },
    ],
  },
];

const minute = (n: number) => new Date(Date.UTC(2026, 11, 1, 10, n)).toISOString();
const told = (...events: [type: string, data?: TimelineEvent['data']][]) =>
  describeTimeline(
    events.map(([type, data = {}], i): TimelineEvent => ({ seq: i + 1, type, at: minute(i), data })),
    known,
  );
const titles = (...events: Parameters<typeof told>) =>
  told(...events).map((entry) => (entry.kind === 'story' ? entry.id : entry.item.title));

it('an event without words is told on no timeline', () => {
  expect(titles(['order.placed'], ['order.counted'])).toEqual(['Placed']);
});

it('events of one story are one entry, which stands where the latest of them does: times never run backwards', () => {
  const events = [
    ['order.placed'],
    ['mail.queued', { mail: 'a' }],
    ['mail.queued', { mail: 'b' }],
    ['photo.sent', { by: 'Ada' }],
    ['mail.accepted', { mail: 'a' }],
  ] satisfies Parameters<typeof told>;
  expect(titles(...events)).toEqual(['Placed', 'b', 'A photo from Ada', 'a']);
  const entries = told(...events);
  expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted());
  expect(entries.at(-1)).toMatchObject({ kind: 'story', events: [{ type: 'mail.queued' }, { type: 'mail.accepted' }] });
});

it('what happened together is told once, by its number; anything between ends it', () => {
  const photo = (by: string): [string, TimelineEvent['data']] => ['photo.sent', { by }];
  expect(titles(photo('Ada'), photo('Ada'), photo('Grace'), photo('Grace'), photo('Grace'))).toEqual([
    '2 photos from Ada',
    '3 photos from Grace',
  ]);
  expect(titles(photo('Ada'), ['mail.queued', { mail: 'a' }], photo('Ada'))).toEqual([
    'A photo from Ada',
    'a',
    'A photo from Ada',
  ]);
});
