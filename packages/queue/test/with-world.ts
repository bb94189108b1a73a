import { expect } from 'vitest';
import type { EngineKind } from './engines.ts';
import { openWorld, type World } from './open-world.ts';

/**
 * A world for one test, closed whatever becomes of it. A test that passes has left no error behind unless it says
 * `noisy`.
 */
export async function withWorld(
  kind: EngineKind,
  work: (world: World) => Promise<void>,
  { noisy } = { noisy: false },
): Promise<void> {
  const world = await openWorld(kind);
  try {
    await work(world);
  } finally {
    await world.close();
  }
  if (!noisy) expect(world.errors.map(({ stack }) => stack)).toEqual([]);
}
