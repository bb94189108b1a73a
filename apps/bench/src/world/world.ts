import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createTestDatabase } from '@windlass/db/testing';
import { claimRedis } from '@windlass/testkit/claim-redis';
import { readTestRedisUrl } from '@windlass/testkit/env';
import { ROOT } from '../env.ts';

export type WorldOptions = {
  /** A quick form that shows that everything runs; its figures mean nothing. */
  small: boolean;
  seed: number;
  /** Leaves a CPU profile of each measured process in test-results/profiles. */
  profile?: boolean;
  say: (line: string) => void;
};

/** What a benchmark stands on. Everything made through it is closed with it, the last first. */
export type World = WorldOptions & {
  /** Of each arm. */
  rounds: number;
  /** Undefined where the machine has none: then what runs on Redis is left out, and said so. */
  redisUrl: string | undefined;
  profileFolder: string | undefined;
  /** A fresh, migrated database; answers its address. */
  createDatabase(): Promise<string>;
  /** An empty database of the run's Redis, which there must be. */
  claimRedis(): Promise<string>;
  /** An empty folder of its own. */
  createFolder(): string;
  whenOver(undo: () => Promise<void> | void): void;
  close(): Promise<void>;
};

export function openWorld(options: WorldOptions): World {
  const cleanUp: (() => Promise<void> | void)[] = [];
  return {
    ...options,
    rounds: options.small ? 1 : 5,
    redisUrl: readTestRedisUrl(),
    profileFolder: options.profile ? path.join(ROOT, 'test-results', 'profiles') : undefined,
    async createDatabase() {
      const { url, drop } = await createTestDatabase();
      cleanUp.push(drop);
      return url;
    },
    claimRedis,
    createFolder() {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'windlass-bench-'));
      cleanUp.push(() => fs.rmSync(folder, { recursive: true, force: true }));
      return folder;
    },
    whenOver: (undo) => void cleanUp.push(undo),
    async close() {
      for (const undo of cleanUp.splice(0).toReversed()) await undo();
    },
  };
}
