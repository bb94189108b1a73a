import { expect, it } from 'vitest';
import type { TimelineEvent } from '../../kit/timeline-contract.ts';
import { readMoved, describeDelivery } from './describe-delivery.ts';

const minute = (n: number) => new Date(Date.UTC(2026, 11, 1, 10, n)).toISOString();
const eventsOf = (...moves: [state: string, data?: TimelineEvent['data']][]) =>
  moves.map(([state, data = {}], i): TimelineEvent => ({
    seq: i + 1,
    type: `delivery.${state}`,
    at: minute(i),
    data: { deliveryId: 'dlv_1', ...data },
  }));

it('a delivery is told by where it is, with each attempt and what it took', () => {
  const story = describeDelivery(
    eventsOf(
      ['queued'],
      ['sending', { attempt: 1 }],
      ['awaiting_retry', { attempt: 1, sentence: 'The mailbox is full.', sendMs: 80 }],
      ['sending', { attempt: 2 }],
      ['committing', { attempt: 2, composeMs: 12 }],
      ['accepted', { attempt: 2, sendMs: 90, totalMs: 4_000 }],
    ),
  );
  expect(story).toMatchObject({ title: 'Mail accepted by the server, at attempt 2', at: minute(5), totalMs: 4_000 });
  expect(story.attempts).toEqual([
    { number: 1, at: minute(2), state: 'awaiting_retry', words: 'The mailbox is full.', sendMs: 80 },
    { number: 2, at: minute(5), state: 'accepted', words: 'accepted', composeMs: 12, sendMs: 90 },
  ]);
});

it('what a person decided is told with their name', () => {
  expect(describeDelivery(eventsOf(['uncertain'], ['sent', { byHand: true, by: 'Ada' }])).title).toBe(
    'Marked as sent by Ada',
  );
  expect(describeDelivery(eventsOf(['uncertain'], ['queued', { again: true, by: 'Ada' }])).title).toBe(
    'Sent again by Ada',
  );
});

/** Every state that a release has told. Events are kept for ever: none is taken off. */
it.each([
  'withheld',
  'queued',
  'sending',
  'committing',
  'accepted',
  'sent',
  'delivered',
  'read',
  'awaiting_retry',
  'bounced',
  'failed',
  'aborted',
  'uncertain',
])('delivery.%s, told by an earlier release, keeps its words', (state) => {
  const [event] = eventsOf([state]);
  expect(readMoved(event!)?.deliveryId).toBe('dlv_1');
  expect(describeDelivery([event!]).title).toMatch(/^[A-Z]/);
});

it('other news of a delivery is no state of it', () => {
  expect(
    readMoved({ seq: 1, type: 'delivery-acknowledged', at: minute(0), data: { deliveryId: 'dlv_1' } }),
  ).toBeUndefined();
});
