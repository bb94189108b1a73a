import type { ServerServices } from '../../kit/server-context.ts';

/** A stored bundle never changes: a new file is a new object. */
const KEEP_MS = 10 * 60_000;

/**
 * The size of a bundle's object; null where it is missing, which is not remembered. Spares the storage a call for each
 * download and each range of one.
 */
export async function objectSize({ cache, storage }: ServerServices, key: string): Promise<number | null> {
  try {
    return await cache.get(`object-size:${key}`, {
      ttlMs: KEEP_MS,
      load: async () => {
        const head = await storage.head(key);
        if (!head) throw new ObjectMissing();
        return head.size;
      },
    });
  } catch (error) {
    if (error instanceof ObjectMissing) return null;
    throw error;
  }
}

/** What is missing is no value to keep. */
class ObjectMissing extends Error {}
