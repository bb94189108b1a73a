import os from 'node:os';
import { createTestDatabase } from '@windlass/db/testing';
import { readTestRedisUrl } from '@windlass/testkit/env';
import { Redis } from 'ioredis';
import pg from 'pg';

/** Where and when a run took place. */
export type Circumstances = {
  date: string;
  seed: number;
  cpu: string;
  cores: number;
  memoryGb: number;
  /** Over the last minute, before the run began: what others did to the machine. */
  loadAverage: number;
  node: string;
  postgres: string;
  redis: string | undefined;
};

export async function describeRun(seed: number): Promise<Circumstances> {
  const cpus = os.cpus();
  return {
    date: new Date().toISOString().slice(0, 16),
    seed,
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cores: cpus.length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    loadAverage: Number(os.loadavg()[0]!.toFixed(2)),
    node: process.version,
    postgres: await askPostgres(),
    redis: await askRedis(),
  };
}

async function askPostgres(): Promise<string> {
  const { url, drop } = await createTestDatabase();
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  await client.end();
  await drop();
  return rows[0]!.server_version;
}

async function askRedis(): Promise<string | undefined> {
  const url = readTestRedisUrl();
  if (!url) return undefined;
  const redis = new Redis(url);
  const info = await redis.info('server');
  redis.disconnect();
  return /^redis_version:(.*)\r$/m.exec(info)?.[1];
}
