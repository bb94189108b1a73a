import { artworksDeleted, picturesReady, proofMade } from '../events.ts';
import type { Cache } from '@windlass/cache/open-cache';
import type { ServerServices } from '../../kit/server-context.ts';
import { objectInUse } from '../object-in-use.ts';

/**
 * A stored picture never changes. That it was deleted is heard at once (invalidatePictures); a process that missed the
 * news believes in it no longer than a browser does.
 */
const THERE_MS = 3600_000;
/** It may be made this very moment: asked again soon, and set right by the news of it before that. */
const MISSING_MS = 5_000;

const keyOf = (objectKey: string): string => `picture:${objectKey}`;

/**
 * Is there an artwork that shows this picture, and is it stored? Asked once, not for each view: every open gallery asks
 * for the same ones. The answer "no" is forgotten after seconds, and replaced at once when the picture is made
 * (invalidatePictures).
 */
export async function pictureExists(
  { database, cache, storage }: Pick<ServerServices, 'database' | 'cache' | 'storage'>,
  objectKey: string,
): Promise<boolean> {
  const known = await cache.get(keyOf(objectKey), {
    ttlMs: (there: number) => (there ? THERE_MS : MISSING_MS),
    load: async () => ((await objectInUse(database.sql, objectKey)) && (await storage.head(objectKey)) ? 1 : 0),
  });
  return known === 1;
}

/** Storage has just given it, or said it is not there. */
export const notePicture = (cache: Cache, objectKey: string, there: boolean): void =>
  cache.put(keyOf(objectKey), there ? 1 : 0, there ? THERE_MS : MISSING_MS);

/**
 * For the hub's news: what these events say was made is there, in this process from now on; what was deleted is asked
 * for anew.
 */
export function invalidatePictures(
  cache: Cache,
  events: readonly { type: string; data: Record<string, unknown> }[],
): void {
  for (const event of events) {
    const made = picturesReady.read(event) ?? proofMade.read(event);
    for (const objectKey of made?.objects ?? []) notePicture(cache, objectKey, true);
    const deleted = artworksDeleted.read(event);
    if (deleted) cache.drop((deleted.objects ?? []).map(keyOf)); // another artwork may show the same
  }
}
