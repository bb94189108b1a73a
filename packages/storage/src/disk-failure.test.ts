import { expect, test } from 'vitest';
import { asReadFailure, asWriteFailure } from './disk-failure.ts';

const system = (code: string) => Object.assign(new Error(code), { code, syscall: 'write' });

test.each([
  ['ENOSPC', 'FULL'],
  ['EDQUOT', 'FULL'],
  ['EROFS', 'READ_ONLY'],
  ['EACCES', 'READ_ONLY'],
  ['EPERM', 'READ_ONLY'],
  ['EIO', 'UNAVAILABLE'],
  ['ENOENT', 'UNAVAILABLE'],
])('a write that fails with %s is %s', (code, expected) => {
  expect(asWriteFailure(system(code), 'a')).toMatchObject({ name: 'StorageError', code: expected, key: 'a' });
});

test.each([
  ['ENOENT', 'NOT_FOUND'],
  ['ENOTDIR', 'NOT_FOUND'],
  ['EACCES', 'UNAVAILABLE'],
  ['EIO', 'UNAVAILABLE'],
])('a read that fails with %s is %s', (code, expected) => {
  expect(asReadFailure(system(code), 'a')).toMatchObject({ name: 'StorageError', code: expected });
});

test('a bug is not dressed up as a failing disk', () => {
  const bug = new TypeError('x is not a function');
  expect(asWriteFailure(bug, 'a')).toBe(bug);
});
