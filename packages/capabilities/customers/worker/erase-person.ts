import { eraseApprovals } from '../../approvals/operations.ts';
import { eraseArtwork, forgetUpload, uploadsToForget } from '../../artwork/operations.ts';
import { eraseDeliveries } from '../../deliveries/operations.ts';
import { eraseFromRecords } from '../../kit/erase-records.ts';
import type { WorkerServices } from '../../kit/worker-services.ts';
import { eraseOrders } from '../../orders/operations.ts';
import type { FoundPerson } from '../find-person.ts';

const COUNT = `update customer_erasure set orders = orders + $2, messages = messages + $3, artworks = artworks + $4
  where id = $1`;

export type PersonToErase = {
  person: FoundPerson;
  erasureId: string;
  progress: (value: number, note?: string) => void;
};

/**
 * Each capability erases what is its own. Each part may run again after a crash; the orders are erased last, and
 * counted with it.
 */
export async function erasePerson(
  { database, storage, settings }: WorkerServices,
  { person, erasureId, progress }: PersonToErase,
): Promise<void> {
  const { shopId, orderIds, deliveryIds, artworkIds, uploadIds } = person;
  await eraseFromRecords(database.sql, person, [...orderIds, ...artworkIds, ...deliveryIds, erasureId]);
  progress(0.5, 'Records');
  await database.transaction((tx) => eraseDeliveries(tx, person, deliveryIds));
  await database.transaction((tx) => eraseApprovals(tx, person));
  progress(0.7, 'Messages');
  for (const upload of await uploadsToForget(database.sql, orderIds)) await forgetUpload(storage, settings, upload);
  await database.transaction((tx) => eraseArtwork(tx, { shopId, orderIds, artworkIds, uploadIds, subject: erasureId }));
  progress(0.9, 'Artwork');
  await database.transaction(async (tx) => {
    const orders = await eraseOrders(tx, person);
    await tx.rows('count-erased', COUNT, [erasureId, orders, deliveryIds.length, artworkIds.length]);
  });
}
