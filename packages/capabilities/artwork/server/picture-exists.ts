import type { Cache } from '@windlass/cache/open-cache';
import type { Storage } from '@windlass/storage/storage';

/** A stored picture never changes and is never removed while it is in use. */
const THERE_MS = 24 * 3600_000;
/** It may be made this very moment: asked again soon, and set right by the news of it before that. */
const MISSING_MS = 5_000;

const keyOf = (objectKey: string): string => `picture:${objectKey}`;

/**
 * Is this picture stored? Asked of storage once, not for each view: every open gallery asks for the same ones. The answer "no" is
 * forgotten after seconds, and replaced at once when the picture is made (noteMade).
 */
export async function pictureExists({ cache, storage }: { cache: Cache; storage: Storage }, objectKey: string): Promise<boolean> {
  const known = await cache.get(keyOf(objectKey), {
    ttlMs: (there: number) => (there ? THERE_MS : MISSING_MS),
    load: async () => ((await storage.head(objectKey)) ? 1 : 0),
  });
  return known === 1;
}

/** Storage has just given it, or said it is not there. */
export const notePicture = (cache: Cache, objectKey: string, there: boolean): void => cache.put(keyOf(objectKey), there ? 1 : 0, there ? THERE_MS : MISSING_MS);

/** For the hub's news: what these events say was made is there, in this process from now on. */
export function noteMade(cache: Cache, events: readonly { type: string; data: Record<string, unknown> }[]): void {
  for (const { type, data } of events) {
    if ((type !== 'artwork.ready' && type !== 'artwork.proof-made') || !Array.isArray(data.objects)) continue;
    for (const objectKey of data.objects) notePicture(cache, String(objectKey), true);
  }
}
