import { TRPCError } from '@trpc/server';
import { StorageError } from '@windlass/storage/storage-error';

export type StorageTrouble = { status: 503 | 507; code: string; message: string };

/**
 * What to answer where the object storage failed; undefined: it was something else. Full is told apart: waiting does
 * not help there.
 */
export function storageTrouble(thrown: unknown): StorageTrouble | undefined {
  const error = thrown instanceof TRPCError ? thrown.cause : thrown;
  if (!(error instanceof StorageError)) return undefined;
  switch (error.code) {
    case 'FULL':
      return {
        status: 507,
        code: 'STORAGE_FULL',
        message: 'There is no room left to store files. The shop has been told; try again later.',
      };
    case 'NOT_FOUND':
    case 'READ_ONLY':
    case 'UNAVAILABLE':
      return {
        status: 503,
        code: 'STORAGE_AWAY',
        message: 'The file storage does not answer just now. Try again in a moment; nothing is lost.',
      };
  }
}
