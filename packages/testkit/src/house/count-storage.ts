import type { Storage } from '@windlass/storage/storage';

export type StorageCalls = Record<'put' | 'open' | 'head' | 'remove' | 'presign' | 'probe', number>;

/** The storage it is given, with a count of what was asked of it. */
export function countStorage(storage: Storage): { storage: Storage; calls: StorageCalls } {
  const calls: StorageCalls = { put: 0, open: 0, head: 0, remove: 0, presign: 0, probe: 0 };
  const counting = <Args extends unknown[], Result>(name: keyof StorageCalls, work: (...args: Args) => Result) => {
    return (...args: Args): Result => {
      calls[name] += 1;
      return work(...args);
    };
  };
  return {
    calls,
    storage: {
      put: counting('put', storage.put),
      open: counting('open', storage.open),
      head: counting('head', storage.head),
      remove: counting('remove', storage.remove),
      presign: counting('presign', storage.presign),
      probe: counting('probe', storage.probe),
      uploads: storage.uploads,
      close: storage.close,
    },
  };
}

export const sumOf = (calls: StorageCalls): number => Object.values(calls).reduce((sum, count) => sum + count, 0);
