import type { Tx } from '@windlass/db/sql';
import { acknowledgeJobs } from '@windlass/queue/control/acknowledge-jobs';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { findFailures } from './find-failures.ts';

/** Leaves everything of one failure class as it is. It stays on the record, and can still be run again from there. */
export async function acknowledgeFailures(
  ctx: SignedInContext,
  input: { name: string; code: string | null },
): Promise<{ count: number }> {
  return ctx.services.database.transaction(async (tx) => {
    const count = await acknowledge(tx, ctx, await findFailures(tx, ctx, input));
    await auditPerson(tx, ctx, {
      action: 'operations.acknowledge-failures',
      subject: input.code ?? input.name,
      data: { ...input, count },
    });
    return { count };
  });
}

export async function acknowledgeOneJob(ctx: SignedInContext, id: string): Promise<{ count: number }> {
  return ctx.services.database.transaction(async (tx) => {
    const known = await tx.row('job-of-shop', 'select 1 as yes from job where id = $1 and shop_id = $2', [
      id,
      ctx.person.shopId,
    ]);
    if (!known) throw notFound('job');
    const count = await acknowledge(tx, ctx, [id]);
    if (count === 0)
      throw new Refusal('conflict', 'INVALID_STATE', {
        message: 'Only a failed job can be acknowledged. Where nobody knows whether a mail arrived, decide that first.',
      });
    await auditPerson(tx, ctx, { action: 'operations.acknowledge', subject: id });
    return { count };
  });
}

const acknowledge = (tx: Tx, { person, services }: SignedInContext, ids: readonly string[]): Promise<number> =>
  acknowledgeJobs(tx, ids, { by: person, lives: services.jobLives });
