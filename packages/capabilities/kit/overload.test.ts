import { TRPCError } from '@trpc/server';
import { expect, test } from 'vitest';
import { isOverload } from './overload.ts';

const withCode = (code: string) => Object.assign(new Error('refused'), { code });

test.each([
  ...['57P01', '57P03', '53300', '08006', '55P03', '57014', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].map(withCode),
  // The driver's own words, which carry no code: a crash can be met at any of these moments.
  new Error('timeout exceeded when trying to connect'),
  new Error('Connection terminated unexpectedly'),
  new Error('Connection terminated due to connection timeout'),
  new Error('Client has encountered a connection error and is not queryable'),
  new Error('Client was closed and is not queryable'),
  new Error('Query read timeout'),
])('a database that is away is worth another try in a second: %s', (error) => {
  expect(isOverload(error)).toBe(true);
  expect(isOverload(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: error }))).toBe(true);
});

test.each([
  withCode('23505'),
  withCode('42601'),
  new Error('x is not a function'),
  new TRPCError({ code: 'CONFLICT' }),
  'a string',
])('a fault of ours, or a refusal, is not made better by another try: %s', (error) =>
  expect(isOverload(error)).toBe(false),
);
