import { newId } from '@windlass/db/ids';
import { retryJobs } from '@windlass/queue/control/retry-jobs';
import type { z } from 'zod';
import { queueMessagesAgain, retryableJobs } from '../../deliveries/operations.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { RETRY_MOST, type retryFailuresInput, type retryFailuresOutput } from '../contract.ts';
import { findFailures } from './find-failures.ts';

const MINUTE_MS = 60_000;

/** Runs everything of one failure class again, the oldest first, as fast as asked. `dryRun`: only counts. */
export async function retryFailures(
  ctx: SignedInContext,
  input: z.output<typeof retryFailuresInput>,
): Promise<z.infer<typeof retryFailuresOutput>> {
  const { database } = ctx.services;
  const everyMs = input.perMinute ? MINUTE_MS / input.perMinute : 0;
  const planned = (count: number) => ({ count, seconds: (Math.max(0, count - 1) * everyMs) / 1000 });
  if (input.dryRun)
    return planned((await retryableJobs(database.sql, await findFailures(database.sql, ctx, input))).length);
  return database.transaction(async (tx) => {
    const ids = await queueMessagesAgain(tx, (await findFailures(tx, ctx, input)).slice(0, RETRY_MOST));
    const run = newId('run');
    const count = await retryJobs(tx, ids, { everyMs, run });
    const { name, code, perMinute } = input;
    await auditPerson(tx, ctx, {
      action: 'operations.retry-failures',
      subject: code ?? name,
      data: { name, code, count, perMinute: perMinute ?? null, run },
    });
    return planned(count);
  });
}
