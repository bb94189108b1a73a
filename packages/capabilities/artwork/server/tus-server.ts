import type { Readable } from 'node:stream';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import type { FolderUploads } from '@windlass/storage/storage';
import { MOST_BYTES } from '../contract.ts';
import { uploadIdOf } from '../link-token.ts';

export const TUS_PATH = '/api/uploads';
/**
 * How often a request that is sending bytes asks whether its upload still goes on. One may last for hours on a slow
 * line. In ms.
 */
const LOOK_MS = 1_000;

export type IsOpen = (uploadId: string) => Promise<boolean>;

/** As the protocol's library takes its answers. */
const ENDED = { status_code: 410, body: 'This upload has ended.' };

/**
 * Writes bytes as long as their upload is open: one that ends meanwhile, by a closed link say, cuts its request off.
 */
class OpenUploads extends FileStore {
  readonly #isOpen: (name: string) => Promise<boolean>;
  constructor(directory: string, isOpen: (name: string) => Promise<boolean>) {
    super({ directory });
    this.#isOpen = isOpen;
  }

  override async write(readable: Readable, name: string, offset: number): Promise<number> {
    const look = setInterval(() => {
      this.#isOpen(name).then(
        (open) => {
          if (!open) readable.destroy(new Error(ENDED.body));
        },
        () => {},
      ); // a database that is away for a moment ends nobody's upload; the next look asks again
    }, LOOK_MS);
    try {
      return await super.write(readable, name, offset);
    } finally {
      clearInterval(look);
    }
  }
}

/**
 * The tus protocol (tus.io, version 1.0.0) for uploads that were begun through our own interface: HEAD says how far one
 * has come, PATCH goes on from there, as long as it is open. Making and ending one is not for it to do. The name in the
 * address is its own key (link-token.ts).
 */
export function createTusServer(uploads: FolderUploads, linkSecret: string, isOpen: IsOpen): Server {
  return new Server({
    path: TUS_PATH,
    datastore: new OpenUploads(uploads.folder, async (name) => isOpen(uploadIdOf(linkSecret, name) ?? '')),
    maxSize: MOST_BYTES,
    async onIncomingRequest(request, name) {
      const id = uploadIdOf(linkSecret, name);
      if (
        id === undefined ||
        (request.method !== 'HEAD' && request.method !== 'PATCH' && request.method !== 'OPTIONS')
      ) {
        throw { status_code: 404, body: 'There is no such upload.' };
      }
      if (!(await isOpen(id))) throw { status_code: 404, body: 'There is no such upload, or it has ended.' };
    },
    /**
     * A write that was cut off comes out of the library in several ways, all of them faults of ours; of an ended upload
     * it is none.
     */
    async onResponseError(request, error) {
      if ('status_code' in error && error.status_code < 500) return undefined;
      const id = uploadIdOf(linkSecret, new URL(request.url).pathname.split('/').at(-1) ?? '');
      return id !== undefined && !(await isOpen(id)) ? ENDED : undefined;
    },
  });
}
