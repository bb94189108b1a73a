import { readTestRedisUrl } from '@windlass/testkit/env';
import { describe } from 'vitest';

export type EngineKind = 'postgres' | 'redis';

/**
 * Says a guarantee once and proves it on both engines, side by side. Without a Redis its half is reported as skipped.
 */
export function describeOnEachEngine(guarantees: (kind: EngineKind) => void): void {
  describe('on postgres', { concurrent: true }, () => guarantees('postgres'));
  describe.skipIf(!readTestRedisUrl())('on redis', { concurrent: true }, () => guarantees('redis'));
}
