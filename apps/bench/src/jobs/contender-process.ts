import { nowMs } from '../measure/clock.ts';
import { openBullmq } from './bullmq-contender.ts';
import type { Contender, ContenderOptions } from './contender.ts';
import { openGraphile } from './graphile-contender.ts';
import { openPgBoss } from './pg-boss-contender.ts';
import { openWindlass } from './windlass-contender.ts';

// One contender in a process of its own, so that its CPU can be told from everybody else's.
export const contenders = { windlass: openWindlass, bullmq: openBullmq, 'pg-boss': openPgBoss, graphile: openGraphile };
export type ContenderName = keyof typeof contenders;
export type Task = { kind: 'fill' | 'drain' | 'report'; count: number };
/** `cpuMs` of this process meanwhile, user and system. */
export type Done = {
  kind: 'done';
  ms: number;
  cpuMs: number;
  /** All so far, by name. */ statements?: Record<string, number> | undefined;
};

const { name, ...options } = JSON.parse(process.argv[2]!) as Omit<ContenderOptions, 'onStart'> & {
  name: ContenderName;
};
const contender: Contender = await contenders[name]({
  ...options,
  onStart: () => process.send!({ kind: 'started', at: nowMs() }),
});

process.on('message', async ({ kind, count }: Task) => {
  const cpu = process.cpuUsage();
  const begun = nowMs();
  if (kind === 'fill') await contender.fill(count);
  else if (kind === 'drain') await contender.drain();
  else await contender.report!(count);
  const { user, system } = process.cpuUsage(cpu);
  process.send!({
    kind: 'done',
    ms: nowMs() - begun,
    cpuMs: (user + system) / 1000,
    statements: contender.statements?.(),
  } satisfies Done);
});
process.once('SIGTERM', async () => {
  await contender.close();
  process.exit(0);
});
process.channel!.ref(); // nothing else may keep this process while its contender is idle
process.send!('ready');
