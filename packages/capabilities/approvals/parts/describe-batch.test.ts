import { expect, it } from 'vitest';
import type { Batch } from '../contract.ts';
import { describeBatch } from './describe-batch.ts';

const batch: Batch = {
  id: 'bat',
  decision: 'approve',
  state: 'running',
  total: 100,
  done: 0,
  skipped: 0,
  refused: 0,
  moving: 0,
  delivered: 0,
  problems: 0,
  stuck: false,
  jobId: 'job',
  by: 'Ada',
  createdAt: '2026-12-01T10:00:00Z',
  undoUntil: null,
};

it('the bar of a batch tells settled work: an order whose mail is still to be sent counts for nothing', () => {
  expect(describeBatch({ ...batch, done: 100, moving: 100 }).share).toBe(0);
  expect(describeBatch({ ...batch, done: 60, moving: 40, delivered: 15, problems: 5 }).share).toBe(0.2);
  expect(
    describeBatch({ ...batch, state: 'done', done: 96, refused: 2, skipped: 2, moving: 50, delivered: 46 }).share,
  ).toBe(0.5);
});

it('a failure that was acknowledged is settled like any other', () => {
  expect(describeBatch({ ...batch, done: 10, moving: 0, delivered: 8, problems: 0 }).share).toBe(0.1);
});
