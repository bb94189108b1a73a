import { expect, test } from 'vitest';
import { fileFacts } from './artwork-badge.ts';

const file = {
  state: 'ready',
  kind: 'tiff',
  sizeBytes: 2_100_000,
  width: 4_000,
  height: 3_000,
  thumbhash: null,
  spareChannel: false,
  reason: null,
} as const;

test('the facts of a file: what it is, how large, and a channel that says nothing of itself', () => {
  expect(fileFacts(file)).toBe('TIFF · 4,000 × 3,000 · 2.1 MB');
  expect(fileFacts({ ...file, kind: 'pdf', width: null, height: null })).toBe('PDF · 2.1 MB');
  expect(fileFacts({ ...file, spareChannel: true })).toBe(
    'TIFF · 4,000 × 3,000 · 2.1 MB · unspecified extra channel, not shown as transparency',
  );
});
