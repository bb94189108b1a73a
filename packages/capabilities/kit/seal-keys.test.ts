import { expect, test } from 'vitest';
import { sealKeyList } from './seal-keys.ts';

const key = 'k'.repeat(32);
const faultsOf = (text: string) => sealKeyList.safeParse(text).error?.issues.map(({ message }) => message);

test('keys come in the order they are written, with any character but a space or a comma in them', () => {
  const list = sealKeyList.parse(`2026-12:${key}, 1:a:b=+/${key}`);
  expect(list.map(({ id }) => id)).toEqual(['2026-12', '1']);
  expect(list.every((one) => one.key.length === 32)).toBe(true);
  expect(sealKeyList.parse(`1:${key}`)[0]!.key).toEqual(sealKeyList.parse(`x:${key}`)[0]!.key);
  expect(list[0]!.key).not.toEqual(list[1]!.key);
});

test.each([
  ['', 'key 1 must be id:key'],
  [`1:${key},`, 'key 2 must be id:key'],
  [key, 'key 1 must be id:key'],
  [`:${key}`, 'key 1 must be id:key'],
  [`One:${key}`, 'key 1 must be id:key'],
  ['1:', 'key 1, called 1, must have at least 32 characters'],
  [`1:${key},2:${key.slice(1)}`, 'key 2, called 2, must have at least 32 characters'],
  [`1:${key},2:${key},1:another${key}`, 'two keys are called 1'],
])('%j is refused: %s', (text, fault) => {
  const faults = faultsOf(text);
  expect(faults).toEqual([expect.stringContaining(fault)]);
  expect(faults!.join('')).not.toContain('kkk');
});

test('all faults are told at once', () => {
  expect(faultsOf(`1:short,nothing,1:${key}`)).toHaveLength(3);
});
