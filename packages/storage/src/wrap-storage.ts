import type { Storage } from './storage.ts';

export type StorageOp = Exclude<keyof Storage, 'close' | 'uploads'>;
export type Around = <Result>(call: { op: StorageOp; key: string }, work: () => Promise<Result>) => Promise<Result>;

/**
 * A storage with something around each of its calls but those of large uploads: a clock, a counter, trouble on purpose.
 */
export function wrapStorage(storage: Storage, around: Around): Storage {
  const probing = { op: 'probe', key: 'probe' } as const;
  return {
    put: (key, ...rest) => around({ op: 'put', key }, () => storage.put(key, ...rest)),
    open: (key, ...rest) => around({ op: 'open', key }, () => storage.open(key, ...rest)),
    head: (key) => around({ op: 'head', key }, () => storage.head(key)),
    remove: (key) => around({ op: 'remove', key }, () => storage.remove(key)),
    presign: (key, ...rest) => around({ op: 'presign', key }, () => storage.presign(key, ...rest)),
    uploads: storage.uploads,
    probe: () => around(probing, () => storage.probe()),
    close: () => storage.close(),
  };
}

/** Tells how long each call took and whether it worked. For `open`, until the stream is there, not until it is read. */
export const timeStorage = (
  storage: Storage,
  observe: (op: StorageOp, result: 'ok' | 'error', ms: number) => void,
): Storage =>
  wrapStorage(storage, async ({ op }, work) => {
    const started = performance.now();
    try {
      const result = await work();
      observe(op, 'ok', performance.now() - started);
      return result;
    } catch (error) {
      observe(op, 'error', performance.now() - started);
      throw error;
    }
  });
