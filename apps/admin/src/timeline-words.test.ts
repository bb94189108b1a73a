import { describeTimeline } from '@windlass/capabilities/kit/describe-timeline';
import type { TimelineEvent } from '@windlass/capabilities/kit/timeline-contract';
import { beforeAll, expect, it } from 'vitest';
import { loadTimelineWords } from './timeline-words.ts';

let words: Awaited<ReturnType<typeof loadTimelineWords>>;
beforeAll(async () => {
  words = await loadTimelineWords();
});

const told = (...events: [type: string, data?: TimelineEvent['data']][]) =>
  describeTimeline(
    events.map(([type, data = {}], i): TimelineEvent => ({ seq: i + 1, type, at: '2026-12-01T10:00:00Z', data })),
    words,
  ).map((entry) => (entry.kind === 'story' ? `the story of ${entry.id}` : entry.item));
const mail = { deliveryId: 'dlv_1' };

it('a mail stands below what led to it: an undone decision above the mail that it cancelled', () => {
  expect(
    told(
      ['order.placed'],
      ['approval.approved', { by: 'Ada', ms: 12 }],
      ['delivery.withheld', mail],
      ['approval.undone', { by: 'Ada' }],
      ['delivery.aborted', mail],
    ),
  ).toMatchObject([
    { title: 'Placed' },
    { title: 'Approved', actor: 'Ada', durationMs: 12, budgetMs: 200 },
    { title: 'Decision undone' },
    'the story of dlv_1',
  ]);
});

it('a rejection says why, and an order that was reopened says so', () => {
  expect(
    told(['approval.rejected', { by: 'Ada', notes: 'Paid twice.' }], ['approval.reopened', { by: 'Grace' }]),
  ).toMatchObject([
    { title: 'Rejected', actor: 'Ada', aside: 'Paid twice.' },
    { title: 'Reopened: waits for you again', actor: 'Grace' },
  ]);
});

it('what the shop changed is told with what it means for a decided order', () => {
  expect(told(['order.changed-by-shop', { status: 'approved', cancelled: true, lines: 'key' }])).toMatchObject([
    {
      title: 'The shop changed this order after it was approved: cancelled, other lines, which are not taken over',
      tone: 'danger',
    },
  ]);
});

it('two hundred photos dropped at once are one thing that happened', () => {
  const photo: [string, TimelineEvent['data']] = [
    'artwork.uploaded',
    { name: 'a.jpg', version: 1, by: 'the customer' },
  ];
  expect(told(photo, photo, photo)).toMatchObject([{ title: '3 files of artwork sent', actor: 'the customer' }]);
});

/** Every type of event that a release has told on an order's timeline. Events are kept for ever: none is taken off. */
it.each([
  'order.placed',
  'order.email-corrected',
  'order.changed-by-shop',
  'order.customer-erased',
  'order.test-again',
  'approval.approved',
  'approval.rejected',
  'approval.reopened',
  'approval.undone',
  'delivery-acknowledged',
  'link.downloaded',
  'link.revoked',
  'link.restored',
  'artwork.uploaded',
  'artwork.proof-sent',
  'artwork.approved',
  'artwork.changes-requested',
  'artwork.removed',
  'artwork.restored',
  'artwork.link-revoked',
  'artwork.link-restored',
])('%s, told by an earlier release, keeps its words', (type) => {
  expect(told([type])).toEqual([expect.objectContaining({ title: expect.stringMatching(/^[A-Z]/) })]);
});
