import { newId } from '@windlass/db/ids';
import type { Sql } from '@windlass/db/sql';
import { refuseRetries } from '@windlass/queue/control/refuse-retries';
import { retryJobs } from '@windlass/queue/control/retry-jobs';
import type { z } from 'zod';
import { auditPerson } from '../../kit/record-audit.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { retryFailuresInput, retryFailuresOutput } from '../contract.ts';
import { findFailures } from './find-failures.ts';

const MINUTE_MS = 60_000;

/** Runs everything of one failure class again, the oldest first, as fast as asked. `dryRun`: only counts. */
export async function retryFailures(
  ctx: SignedInContext,
  input: z.output<typeof retryFailuresInput>,
): Promise<z.infer<typeof retryFailuresOutput>> {
  const { database, jobLives: lives } = ctx.services;
  const everyMs = input.perMinute ? MINUTE_MS / input.perMinute : 0;
  const planned = (count: number) => ({ count, seconds: (Math.max(0, count - 1) * everyMs) / 1000 });
  const retryable = async (sql: Sql) => {
    const ids = await findFailures(sql, ctx, input);
    const refused = await refuseRetries(sql, ids, lives);
    return ids.filter((id) => !refused.has(id));
  };
  if (input.dryRun) return planned((await retryable(database.sql)).length);
  return database.transaction(async (tx) => {
    const run = newId('run');
    const count = await retryJobs(tx, await retryable(tx), { everyMs, run, lives });
    const { name, code, perMinute } = input;
    await auditPerson(tx, ctx, {
      action: 'operations.retry-failures',
      subject: code ?? name,
      data: { name, code, count, perMinute: perMinute ?? null, run },
    });
    return planned(count);
  });
}
