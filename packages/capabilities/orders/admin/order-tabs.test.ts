import { expect, it } from 'vitest';
import { listQuery, readList } from './order-tabs.ts';

it('a list is told by its address, and told again by the address of what is opened from it', () => {
  const list = readList({ tab: 'problems', q: 'tin & roof', batch: undefined });
  expect(readList(Object.fromEntries(new URLSearchParams(listQuery(list))))).toEqual(list);
  const days = readList({ tab: 'all', from: '2026-11-01', to: '2026-11-30' });
  expect(listQuery(days)).toBe('?tab=all&from=2026-11-01&to=2026-11-30');
  expect(listQuery(readList({}))).toBe('?tab=waiting');
  expect(readList({ tab: 'nonsense' }).tab).toBe('waiting');
});
