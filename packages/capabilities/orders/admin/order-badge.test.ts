import { expect, it } from 'vitest';
import { orderBadge } from './order-badge.ts';

const approved = { status: 'approved', downloaded: false } as const;

it('an order says where it stands in the words of its tabs', () => {
  expect(orderBadge({ status: 'waiting', stage: 'waiting', downloaded: false }, null).label).toBe('Waiting for you');
  expect(orderBadge({ ...approved, stage: 'moving' }, { state: 'withheld', sendsIn: 7 }).label).toBe('Sends in 7 s');
  expect(orderBadge({ ...approved, stage: 'moving' }, { state: 'committing' }).label).toBe('In progress');
  expect(orderBadge({ ...approved, stage: 'moving' }, { state: 'awaiting_retry', late: true }).label).toBe('Late');
  expect(orderBadge({ ...approved, stage: 'delivered' }, { state: 'accepted' }).label).toBe('Sent');
  expect(orderBadge({ ...approved, stage: 'delivered', downloaded: true }, { state: 'accepted' }).label).toBe(
    'Downloaded',
  );
  expect(orderBadge({ ...approved, stage: 'problem' }, { state: 'failed' })).toMatchObject({
    label: 'Problem',
    tone: 'danger',
  });
  // Cancelled before it left: nobody was sent anything, which somebody has to see.
  expect(orderBadge({ ...approved, stage: 'problem' }, { state: 'aborted' }).label).toBe('Problem');
});

it('a failure that a person left so has no colour', () => {
  expect(orderBadge({ ...approved, stage: 'closed' }, { state: 'failed' })).toMatchObject({
    label: 'Acknowledged',
    tone: 'neutral',
  });
});

it('a problem whose mail is tried again is in progress', () => {
  expect(orderBadge({ ...approved, stage: 'problem' }, { state: 'queued' }).label).toBe('In progress');
});
