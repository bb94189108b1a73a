// A program of its own, to be killed: stores one object after the other until told to stop, and says of each what
// became of it.
import { openStorage } from '@windlass/storage/open-storage';
import { StorageError } from '@windlass/storage/storage-error';
import { objectBytes } from './object-bytes.ts';

const [url, prefix] = process.argv.slice(2);
if (!url || !prefix || !process.send) throw new Error('put-objects.ts is forked with a storage address and a prefix');
const storage = openStorage(url);
let stopping = false;
process.once('disconnect', () => process.exit(0));
process.on('message', () => (stopping = true));

for (let i = 0; !stopping; i += 1) {
  const key = `faults/${prefix}-${i}`;
  const outcome = await storage.put(key, objectBytes(key, 1 + (i % 40))).then(
    () => 'stored',
    // Anything but a word of the store's own would be a fault of it: it ends this program, and that is seen.
    (error: unknown) => (error instanceof StorageError ? error.code : Promise.reject(error)),
  );
  process.send({ key, outcome });
  if (outcome !== 'stored') await new Promise((resolve) => setTimeout(resolve, 20));
}
await storage.close();
process.disconnect();
