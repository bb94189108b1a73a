import { type ComponentType, lazy, type LazyExoticComponent } from 'react';

/** Servers restart and laptops wake before their network: about 16 seconds of trying, in milliseconds. */
const WAITS = [500, 1000, 2000, 4000, 8000];

/** `start` fetches its code ahead of its first drawing. */
export type Part<Props extends object> = LazyExoticComponent<ComponentType<Props>> & { start: () => void };

/**
 * A screen or panel whose code is fetched when it is first drawn, so that the first paint does not wait for it. A fetch
 * that fails is tried again; after the last try the nearest error boundary has it.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  const part = lazy(async () => ({ default: await fetchPersistently(load) }));
  // A start that fails says nothing: the drawing tries again, and persistently.
  return Object.assign(part, { start: () => void load().catch(() => undefined) });
}

export async function fetchPersistently<Part>(load: () => Promise<Part>): Promise<Part> {
  for (const wait of WAITS) {
    try {
      return await load();
    } catch {
      await new Promise((done) => setTimeout(done, wait));
    }
  }
  return load();
}
