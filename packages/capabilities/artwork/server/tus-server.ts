import { Server } from '@tus/server';
import type { FolderUploads } from '@windlass/storage/storage';
import { MOST_BYTES } from '../contract.ts';
import { uploadIdOf } from '../link-token.ts';
import { tusStore } from '../tus-files.ts';

export const TUS_PATH = '/api/uploads';

/**
 * The tus protocol (tus.io, version 1.0.0) for uploads that were begun through our own interface: HEAD says how far one has come, PATCH
 * goes on from there. Making and ending one is not for it to do. The name in the address is its own key (link-token.ts).
 */
export function createTusServer(uploads: FolderUploads, linkSecret: string): Server {
  return new Server({
    path: TUS_PATH,
    datastore: tusStore(uploads),
    maxSize: MOST_BYTES,
    async onIncomingRequest(request, name) {
      const known = uploadIdOf(linkSecret, name) !== undefined;
      if (!known || (request.method !== 'HEAD' && request.method !== 'PATCH' && request.method !== 'OPTIONS')) {
        throw { status_code: 404, body: 'There is no such upload.' };
      }
    },
  });
}
