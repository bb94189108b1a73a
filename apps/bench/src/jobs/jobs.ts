import { setTimeout as sleep } from 'node:timers/promises';
import { enqueue } from '@windlass/queue/jobs/enqueue';
import { amountOf, type Benchmark, type Figure } from '../benchmark.ts';
import { alternate } from '../measure/alternate.ts';
import { nowMs } from '../measure/clock.ts';
import { quantile } from '../measure/quantile.ts';
import { ratiosOf, spreadOf } from '../measure/spread.ts';
import { openTestDatabase } from '../world/open-test-database.ts';
import type { World } from '../world/world.ts';
import { singleJob } from './bench-jobs.ts';
import { openBareQueue } from './bullmq-contender.ts';
import type { ContenderName } from './contender-process.ts';
import { type RunningContender, startContender } from './start-contender.ts';

type EngineKind = 'redis' | 'postgres';

export const jobs: Benchmark = {
  name: 'jobs',
  what:
    'Empty durable jobs (a row, a step, their events, ten groups taking turns) that were committed at one moment, drained by one ' +
    'worker process on each engine: jobs a second from the ' +
    'commit to the last recorded end. Beside it bare BullMQ on the same engine, which records nothing, and on PostgreSQL pg-boss ' +
    'and graphile-worker as they come, all with as many jobs at ' +
    'once. Then single jobs on a quiet house, from the commit’s acknowledgement to the handler; and jobs of 100 progress reports ' +
    'over half a second: CPU of the worker process a job, ' +
    'against BullMQ’s updateProgress.',
  async run(world) {
    const figures = await runOn(world, 'postgres');
    if (world.redisUrl === undefined) return figures;
    return [...(await runOn(world, 'redis')), ...figures];
  },
};

async function runOn(world: World, engine: EngineKind): Promise<Figure[]> {
  const databaseUrl = await world.createDatabase();
  const engineUrl = engine === 'redis' ? await world.claimRedis() : databaseUrl;
  const names: ContenderName[] = [
    'windlass',
    'bullmq',
    ...(engine === 'postgres' ? (['pg-boss', 'graphile'] as const) : []),
  ];
  const running = new Map<ContenderName, RunningContender>();
  for (const name of names) running.set(name, await startContender(world, name, { databaseUrl, engineUrl }));
  const figures = [
    ...(await measureDrain(world, engine, running)),
    ...(await measureStart(world, { engine, databaseUrl, engineUrl, running })),
    ...(await measureReports(world, engine, running)),
  ];
  for (const contender of running.values()) await contender.stop();
  return figures;
}

async function measureDrain(
  world: World,
  engine: EngineKind,
  running: ReadonlyMap<ContenderName, RunningContender>,
): Promise<Figure[]> {
  const count = world.small ? 200 : 4_000;
  const cpu = new Map<ContenderName, number>();
  const round = (name: ContenderName) => async () => {
    await running.get(name)!.do({ kind: 'fill', count });
    const { ms, cpuMs } = await running.get(name)!.do({ kind: 'drain', count });
    cpu.set(name, cpuMs / count);
    return count / (ms / 1000);
  };
  const names = [...running.keys()];
  for (const name of names) await round(name)(); // warm
  const rates = await alternate(
    names.map((name) => ({ name, round: round(name) })),
    world.rounds,
    (name, rate) => world.say(`  ${engine} ${name} ${Math.round(rate)}/s`),
  );
  const rate = (name: ContenderName) => amountOf(spreadOf(rates[name]), '/s');
  const peers = names.filter((name) => name === 'pg-boss' || name === 'graphile');
  return [
    {
      what: `${engine}: drain`,
      amount: rate('windlass'),
      twin: { what: 'bare BullMQ', amount: rate('bullmq') },
      target: `jobs.${engine}.drain`,
    },
    { what: `${engine}: drain against bare BullMQ`, amount: amountOf(ratiosOf(rates.windlass, rates.bullmq), 'x') },
    ...peers.map((name) => ({
      what: `${engine}: drain against ${name}`,
      amount: amountOf(ratiosOf(rates.windlass, rates[name]), 'x'),
      twin: { what: name, amount: rate(name) },
    })),
    {
      what: `${engine}: worker CPU a job`,
      amount: { value: cpu.get('windlass')!, unit: 'ms' },
      twin: { what: 'bare BullMQ', amount: { value: cpu.get('bullmq')!, unit: 'ms' } },
    },
  ];
}

type StartParts = {
  engine: EngineKind;
  databaseUrl: string;
  engineUrl: string;
  running: ReadonlyMap<ContenderName, RunningContender>;
};

async function measureStart(world: World, { engine, databaseUrl, engineUrl, running }: StartParts): Promise<Figure[]> {
  const samples = world.small ? 5 : 200;
  const eyes = openTestDatabase(world, databaseUrl);
  const bare = await openBareQueue(engineUrl);
  world.whenOver(bare.close);
  const put = {
    windlass: async () =>
      void (await eyes.transaction((tx) => enqueue(tx, { job: singleJob, payload: {} }, { shopId: null }))),
    bullmq: async () => void (await bare.queue.add('single', {}, { removeOnComplete: true })),
  };
  const latencies: Record<keyof typeof put, number[]> = { windlass: [], bullmq: [] };
  for (let i = -5; i < samples; i += 1) {
    for (const name of ['windlass', 'bullmq'] as const) {
      const started = running.get(name)!.nextStart();
      await put[name]();
      const acknowledged = nowMs();
      const ms = Math.max(0, (await started) - acknowledged);
      if (i >= 0) latencies[name].push(ms); // the first few are warm-up
      await sleep(10);
    }
  }
  const amount = (name: keyof typeof put, q: number) => ({ value: quantile(latencies[name], q), unit: 'ms' });
  return [
    {
      what: `${engine}: commit to handler p50`,
      amount: amount('windlass', 0.5),
      twin: { what: 'bare BullMQ', amount: amount('bullmq', 0.5) },
      target: `jobs.${engine}.p50`,
    },
    {
      what: `${engine}: commit to handler p99`,
      amount: amount('windlass', 0.99),
      twin: { what: 'bare BullMQ', amount: amount('bullmq', 0.99) },
      target: `jobs.${engine}.p99`,
    },
  ];
}

async function measureReports(
  world: World,
  engine: EngineKind,
  running: ReadonlyMap<ContenderName, RunningContender>,
): Promise<Figure[]> {
  const count = world.small ? 2 : 40;
  const round = (name: ContenderName) => async () =>
    (await running.get(name)!.do({ kind: 'report', count })).cpuMs / count;
  const arms = (['windlass', 'bullmq'] as const).map((name) => ({ name, round: round(name) }));
  for (const arm of arms) await arm.round(); // warm
  const cpu = await alternate(arms, world.rounds);
  const ms = (samples: number[]) => amountOf(spreadOf(samples), 'ms');
  return [
    {
      what: `${engine}: 100 reports against updateProgress, CPU`,
      amount: amountOf(ratiosOf(cpu.windlass, cpu.bullmq), 'x'),
      target: `jobs.${engine}.progress`,
    },
    {
      what: `${engine}: CPU of a job with 100 reports`,
      amount: ms(cpu.windlass),
      twin: { what: 'bare BullMQ', amount: ms(cpu.bullmq) },
    },
  ];
}
