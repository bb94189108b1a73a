import { expect, it } from 'vitest';
import type { TimelineEvent } from '../contract.ts';
import { tellTimeline } from './tell-timeline.ts';

const minute = (n: number) => new Date(Date.UTC(2026, 11, 1, 10, n)).toISOString();
const told = (...events: [type: string, data?: TimelineEvent['data']][]) => {
  const timeline = events.map(([type, data = {}], i): TimelineEvent => ({ seq: i + 1, type, at: minute(i), data }));
  return tellTimeline(timeline, minute(0)).map((entry) => ({
    title: entry.kind === 'delivery' ? entry.title : entry.item.title,
    at: entry.at,
  }));
};
const mail = { deliveryId: 'dlv_1' };

it('a mail stands below what led to it: an undone decision above the mail that it cancelled', () => {
  const entries = told(
    ['order.placed'],
    ['approval.approved'],
    ['delivery.withheld', mail],
    ['approval.undone'],
    ['delivery.aborted', mail],
  );
  expect(entries.map(({ title }) => title)).toEqual([
    'Placed',
    'Approved',
    'Decision undone',
    'Mail cancelled before it left',
  ]);
});

it('a mail that took long stands where it ended: times never run backwards', () => {
  const entries = told(
    ['order.placed'],
    ['approval.approved'],
    ['delivery.queued', mail],
    ['delivery.awaiting_retry', { ...mail, attempt: 1 }],
    ['order.email-corrected', { redirected: 1 }],
    ['artwork.uploaded', { name: 'crest.png', version: 1 }],
    ['delivery.sending', { ...mail, attempt: 2 }],
    ['delivery.accepted', { ...mail, attempt: 2 }],
    ['link.downloaded', { bundle: 'Icons' }],
  );
  expect(entries.map(({ title }) => title)).toEqual([
    'Placed',
    'Approved',
    'E-mail address corrected, the mail goes there',
    'Artwork sent: crest.png',
    'Mail accepted by the server, at attempt 2',
    'Downloaded: Icons',
  ]);
  expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted());
});

it('a rejection says why, and an order that was reopened says so', () => {
  const entries = tellTimeline(
    [
      { seq: 1, type: 'approval.rejected', at: minute(1), data: { by: 'Ada', notes: 'Paid twice.' } },
      { seq: 2, type: 'approval.reopened', at: minute(2), data: { by: 'Grace' } },
    ],
    minute(0),
  );
  expect(entries).toMatchObject([
    { item: { title: 'Rejected', actor: 'Ada', aside: 'Paid twice.' } },
    { item: { title: 'Reopened: waits for you again', actor: 'Grace' } },
  ]);
});

/** Every type of event that a release has told on an order's timeline. Events are kept for ever: none is taken off. */
const TOLD = [
  'order.placed',
  'order.email-corrected',
  'approval.approved',
  'approval.rejected',
  'approval.undone',
  'delivery-acknowledged',
  'link.downloaded',
  'link.revoked',
  'artwork.uploaded',
  'artwork.proof-sent',
  'artwork.approved',
  'artwork.changes-requested',
  'artwork.removed',
  'artwork.restored',
  'artwork.link-revoked',
];
const TOLD_OF_MAIL = [
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
];

it.each(TOLD)('%s, told by an earlier release, keeps its words', (type) => {
  expect(told([type]).map(({ title }) => title)).toEqual([expect.stringMatching(/^[A-Z]/)]);
});

it.each(TOLD_OF_MAIL)('delivery.%s, told by an earlier release, keeps its words', (state) => {
  expect(told([`delivery.${state}`, mail]).map(({ title }) => title)).toEqual([expect.stringMatching(/^[A-Z]/)]);
});
