import { expect, it } from 'vitest';
import { deliveryStates } from '../contract.ts';
import { deliveryBadge, deliveryWords } from './delivery-badge.ts';

const facts = {
  heldUntil: null,
  nextAttemptAt: null,
  givesUpAt: null,
  attempts: 1,
  errorSentence: null,
  now: new Date('2026-12-01T10:00:00Z'),
};

it('a message in its undo time says when it is sent, and the seconds are for the eye alone', () => {
  const { words, spoken } = deliveryWords('withheld', { ...facts, heldUntil: '2026-12-01T10:00:07Z' });
  expect(words).toBe('Sends in 7 s');
  expect(deliveryBadge('withheld', { sendsIn: 7 })).toMatchObject({ label: 'Sends in 7 s', spoken });
  expect(deliveryBadge('withheld', { sendsIn: 6 }).spoken).toBe(spoken);
  // Its last moment is no "0 s".
  expect(deliveryWords('withheld', { ...facts, heldUntil: '2026-12-01T10:00:00.400Z' }).words).toBe('Sends in 1 s');
});

it('a failure that a person left so has another word and no colour; one that waits for nobody’s word keeps its own', () => {
  expect(deliveryBadge('failed')).toMatchObject({ tone: 'danger', label: 'Failed' });
  expect(deliveryBadge('failed', { acknowledged: true })).toMatchObject({ tone: 'neutral', label: 'Acknowledged' });
  expect(deliveryBadge('uncertain', { acknowledged: true }).label).toBe('Uncertain');
  expect(deliveryBadge('accepted', { acknowledged: true }).label).toBe('Sent');
});

it('one fact has one word: what goes through the mail server is sending, what it took is sent, what was stopped is cancelled', () => {
  const labels = Object.fromEntries(deliveryStates.map((state) => [state, deliveryBadge(state).label]));
  expect([labels.sending, labels.committing]).toEqual(['Sending', 'Sending']);
  expect([labels.accepted, labels.sent]).toEqual(['Sent', 'Sent']);
  expect([labels.queued, labels.aborted]).toEqual(['Queued', 'Cancelled']);
  expect(deliveryWords('queued', facts).words).toBe('Queued');
});
