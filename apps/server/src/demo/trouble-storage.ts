import { setTimeout as wait } from 'node:timers/promises';
import type { Sql } from '@windlass/db/sql';
import type { Storage } from '@windlass/storage/storage';
import { StorageError } from '@windlass/storage/storage-error';
import { wrapStorage } from '@windlass/storage/wrap-storage';

const SLOW_MS = 3_000;
const LOOK_EVERY_MS = 500;

/** A storage that is slow or down while the switch of the demo says so. The switch is a row, so all servers obey it. */
export function troubleStorage(storage: Storage, sql: Sql): Storage {
  let looked = Number.NEGATIVE_INFINITY;
  let fault: string | undefined;
  const look = async () => {
    if (performance.now() - looked < LOOK_EVERY_MS) return fault;
    looked = performance.now();
    fault = (
      await sql.row<{ fault: string }>('storage-trouble', `select fault from demo_fault where target = 'storage'`)
    )?.fault;
    return fault;
  };
  return wrapStorage(storage, async ({ key }, work) => {
    const now = await look();
    if (now === 'down') throw new StorageError('UNAVAILABLE', key, new Error('switched off in the demo'));
    if (now === 'slow') await wait(SLOW_MS);
    return work();
  });
}
