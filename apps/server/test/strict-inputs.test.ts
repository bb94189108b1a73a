import { initTRPC } from '@trpc/server';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from '../src/app-router.ts';
import { listProcedures } from './setup/list-procedures.ts';

/** Does the schema say of a key it does not have that it does not have it, whatever else is wrong? */
const refusesUnknown = (input: z.ZodType | undefined): boolean =>
  input === undefined ||
  (input.safeParse({ shopId: 'shop_other', role: 'admin', status: 'approved' }).error?.issues ?? []).some(
    (issue) => issue.code === 'unrecognized_keys',
  );

const mutationsOf = (router: Parameters<typeof listProcedures>[0]) =>
  listProcedures(router).filter(({ type }) => type === 'mutation');

// 101
test.each(mutationsOf(appRouter))(
  '$name refuses a key it does not know, so that nobody assigns a role, a shop or a status along the way',
  ({ input }) => {
    expect(refusesUnknown(input)).toBe(true);
  },
);

test('a mutation that lets unknown keys pass is found', () => {
  const t = initTRPC.create();
  const planted = t.router({
    loose: t.procedure.input(z.object({ id: z.string() })).mutation(() => 1),
    strict: t.procedure.input(z.strictObject({ id: z.string() })).mutation(() => 1),
  });
  expect(mutationsOf(planted).map(({ name, input }) => [name, refusesUnknown(input)])).toEqual([
    ['loose', false],
    ['strict', true],
  ]);
});
