import { StorageError } from './storage-error.ts';
import type { StorageErrorCode } from './storage-error.ts';

const WRITE_CODES: Record<string, StorageErrorCode> = {
  ENOSPC: 'FULL',
  EDQUOT: 'FULL',
  EFBIG: 'FULL',
  EROFS: 'READ_ONLY',
  EACCES: 'READ_ONLY',
  EPERM: 'READ_ONLY',
};

/** What a failed write says about the store. A missing folder is not NOT_FOUND here: the store itself is gone. */
export function asWriteFailure(error: unknown, key: string): Error {
  return asStorageError(error, key, (code) => WRITE_CODES[code] ?? 'UNAVAILABLE');
}

/** What a failed read says about the store; a key that leads through a file or to a folder names nothing. */
export function asReadFailure(error: unknown, key: string): Error {
  return asStorageError(error, key, (code) =>
    ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code) ? 'NOT_FOUND' : 'UNAVAILABLE',
  );
}

/** Only what the system reports is the store's doing; anything else is a bug and stays as it is. */
function asStorageError(error: unknown, key: string, codeOf: (code: string) => StorageErrorCode): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const { code, syscall } = error as NodeJS.ErrnoException;
  return code === undefined || syscall === undefined ? error : new StorageError(codeOf(code), key, error);
}
