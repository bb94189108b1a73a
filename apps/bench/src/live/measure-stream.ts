import { setTimeout as sleep } from 'node:timers/promises';
import { nowMs } from '../measure/clock.ts';
import { quantile } from '../measure/quantile.ts';
import type { Usage } from '../world/read-usage.ts';
import type { World } from '../world/world.ts';
import { type Readers, startReaders } from './start-readers.ts';

/** A server under test: where its stream is, what its process uses, how to make events of the present moment. */
export type Streaming = {
  port: number;
  path: string;
  cookies: string[];
  usage(): Promise<Usage>;
  emit(count: number): Promise<void>;
};

/** `cpuUs` of the server's process for one event to one reader. */
export type ManyFigures = { kbEach: number; p50: number; p99: number; cpuUs: number; lost: number };

/**
 * Many readers, one event a second. Memory is what the process holds more than before, once all have been answered and
 * heard an event.
 */
export async function measureMany(world: World, stream: Streaming, seconds: number): Promise<ManyFigures> {
  const count = stream.cookies.length;
  const before = await stream.usage();
  const readers = await startReaders(world, stream);
  for (let i = 0; i < 3; i += 1) {
    await stream.emit(1); // warm
    await sleep(1000);
  }
  await readers.heard();
  const quiet = await stream.usage();
  for (let i = 0; i < seconds; i += 1) {
    await stream.emit(1);
    await sleep(1000);
  }
  await sleep(500);
  const after = await stream.usage();
  const { events, latencies, closed } = await readers.heard();
  await readers.close();
  if (closed > 0) throw new Error(`${closed} readers were dropped`);
  return {
    kbEach: (after.rssKb - before.rssKb) / count,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpuUs: ((after.cpuMs - quiet.cpuMs) * 1000) / (count * seconds),
    lost: count * seconds - events,
  };
}

export type FastFigures = { lost: number; p50: number; p99: number; cpuUs: number; perSecond: number };

/**
 * Few readers, many events: `perSecond` in portions of ten. Waits for the last of them before it counts what is
 * missing.
 */
export async function measureFast(
  world: World,
  stream: Streaming,
  { seconds, perSecond }: { seconds: number; perSecond: number },
): Promise<FastFigures> {
  const readers = await startReaders(world, stream);
  await stream.emit(1);
  await sleep(1000);
  await readers.heard();
  const quiet = await stream.usage();
  const portions = (seconds * perSecond) / 10;
  const begun = nowMs();
  for (let i = 0; i < portions; i += 1) {
    const early = begun + (i * 10_000) / perSecond - nowMs();
    if (early > 0) await sleep(early);
    await stream.emit(10);
  }
  const took = (nowMs() - begun) / 1000;
  const { events, latencies } = await untilQuiet(readers);
  const after = await stream.usage();
  await readers.close();
  const sent = stream.cookies.length * portions * 10;
  return {
    lost: sent - events,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpuUs: ((after.cpuMs - quiet.cpuMs) * 1000) / sent,
    perSecond: (portions * 10) / took,
  };
}

/** All that was heard, once a second has passed without anything more. */
async function untilQuiet(readers: Readers): Promise<{ events: number; latencies: number[] }> {
  let events = 0;
  const latencies: number[] = [];
  for (;;) {
    await sleep(1000);
    const more = await readers.heard();
    if (more.events === 0) return { events, latencies };
    events += more.events;
    for (const ms of more.latencies) latencies.push(ms);
  }
}
