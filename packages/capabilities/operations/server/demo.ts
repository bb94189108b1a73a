import { forgetWorker } from '@windlass/queue/upkeep/forget-worker';
import type { z } from 'zod';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { DemoControls, MailTrouble, SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import type { demoOutput, StorageTrouble } from '../contract.ts';

const WORKERS = `select id, host, pid, queues, running, ${iso('started_at')} as "startedAt"
  from worker_process where seen_at > now() - interval '12 seconds' order by started_at, id limit 100`;
const STORAGE = `select fault from demo_fault where target = 'storage'`;

/** What is switched on now; `on: false` outside of the demo, where nothing can be switched. */
export async function readDemo(ctx: SignedInContext): Promise<z.infer<typeof demoOutput>> {
  const { database, demo } = ctx.services;
  if (!demo) return { on: false, mail: null, storage: 'none', workers: [] };
  const [mail, storage, workers] = await Promise.all([
    demo.mailTrouble().catch(() => null), // the sandbox itself may be away: shown as such
    database.sql.row<{ fault: StorageTrouble }>('storage-trouble', STORAGE),
    database.sql.rows<z.infer<typeof demoOutput>['workers'][number]>('present-workers', WORKERS),
  ]);
  return { on: true, mail, storage: storage?.fault ?? 'none', workers };
}

export async function setMailTrouble(ctx: SignedInContext, trouble: MailTrouble): Promise<{ success: true }> {
  const demo = controls(ctx);
  try {
    await demo.setMailTrouble(trouble);
  } catch {
    throw new Refusal('conflict', 'SANDBOX_AWAY', {
      message: 'The sandbox does not answer, so its mail server cannot be switched. Is it running?',
    });
  }
  await auditPerson(ctx.services.database.sql, ctx, { action: 'operations.set-mail-trouble', subject: trouble });
  return { success: true };
}

export async function setStorageTrouble(ctx: SignedInContext, trouble: StorageTrouble): Promise<{ success: true }> {
  controls(ctx);
  await ctx.services.database.transaction(async (tx) => {
    if (trouble === 'none') await tx.rows('end-storage-trouble', `delete from demo_fault where target = 'storage'`);
    else {
      await tx.rows(
        'set-storage-trouble',
        `insert into demo_fault (target, fault) values ('storage', $1)
          on conflict (target) do update set fault = excluded.fault, updated_at = now()`,
        [trouble],
      );
    }
    await auditPerson(tx, ctx, { action: 'operations.set-storage-trouble', subject: trouble });
  });
  return { success: true };
}

/** Ends a worker as a crash would: no word to anybody. Its jobs are taken over, and the launcher starts another. */
export async function killWorker(ctx: SignedInContext, id: string): Promise<{ success: true }> {
  const demo = controls(ctx);
  const { sql } = ctx.services.database;
  const worker = await sql.row<{ host: string; pid: number }>(
    'worker-to-kill',
    'select host, pid from worker_process where id = $1',
    [id],
  );
  if (!worker) throw notFound('worker');
  await auditPerson(sql, ctx, { action: 'operations.kill-worker', subject: id });
  if (!demo.killWorker(worker))
    throw new Refusal('conflict', 'WORKER_GONE', {
      message: 'That worker is gone already, or runs on another machine.',
    });
  await forgetWorker(sql, id);
  return { success: true };
}

function controls(ctx: SignedInContext): DemoControls {
  const { demo } = ctx.services;
  if (!demo)
    throw new Refusal('conflict', 'NO_DEMO', {
      message: 'Trouble can be switched on in the demo only, where the outside world is played.',
    });
  return demo;
}
