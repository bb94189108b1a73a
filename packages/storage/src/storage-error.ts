export type StorageErrorCode = 'NOT_FOUND' | 'FULL' | 'READ_ONLY' | 'UNAVAILABLE';

const SENTENCES: Record<StorageErrorCode, string> = {
  NOT_FOUND: 'The stored object does not exist.',
  FULL: 'The storage is full.',
  READ_ONLY: 'The storage does not let us write.',
  UNAVAILABLE: 'The storage cannot be reached or does not work.',
};

/**
 * A failure of the store itself. `cause` holds what it said; the message names the key, never the path or the endpoint.
 */
export class StorageError extends Error {
  readonly code: StorageErrorCode;
  readonly key: string;

  constructor(code: StorageErrorCode, key: string, cause?: unknown) {
    super(`${SENTENCES[code]} (${key})`, { cause });
    this.name = 'StorageError';
    this.code = code;
    this.key = key;
  }
}
