import type { Readable } from 'node:stream';

export type Bytes = Readable | AsyncIterable<Uint8Array>;

/** `end` is inclusive, as in HTTP. */
export type ByteRange = { start: number; end: number };

/**
 * Objects by key, streamed in and out. A key is a path such as `artwork/art_01h.../original` (see checkKey).
 * Failures are StorageErrors; an error of the source passed to `put` comes through as it is.
 */
export type Storage = {
  /** Stores the whole source or nothing: an object is never half visible, and an older one stays until the new one is complete. */
  put(key: string, source: Bytes, options?: { contentType?: string }): Promise<{ size: number; sha256: string }>;
  /** The bytes, or a range of them, and the size of the whole object. Destroy the stream if it is not read to its end. */
  open(key: string, range?: ByteRange): Promise<{ stream: Readable; size: number }>;
  head(key: string): Promise<{ size: number; modifiedAt: Date } | null>;
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>;
  /** A URL that serves the object for this many seconds as a download under this name; null where the store cannot. */
  presign(key: string, options: { seconds: number; fileName?: string }): Promise<string | null>;
  /** Writes, reads and removes a small object: for readiness. Throws a StorageError if any of it fails. */
  probe(): Promise<void>;
  close(): Promise<void>;
};
