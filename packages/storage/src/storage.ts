import type { Readable } from 'node:stream';

export type Bytes = Readable | AsyncIterable<Uint8Array>;

/** `end` is inclusive, as in HTTP. */
export type ByteRange = { start: number; end: number };

/**
 * Disk: whoever receives a large upload writes it to a file in `folder`, over as many requests as it takes; `adopt`
 * makes it an object.
 */
export type FolderUploads = {
  kind: 'folder';
  folder: string;
  /** Flushes the file, moves it into place under the key, and answers its size. It costs no copy. */
  adopt(path: string, key: string): Promise<{ size: number }>;
};

/** S3: whoever uploads sends each part straight to the store, to addresses signed one by one. */
export type PartUploads = {
  kind: 'parts';
  /** Where the parts go: a page must be allowed to reach it. */
  origin: string;
  /** Every part but the last has exactly so many bytes. */
  partBytes: number;
  begin(key: string, options?: { contentType?: string }): Promise<{ multipartId: string }>;
  /** Takes a PUT of one part, numbered from 1, of exactly so many bytes, for so many seconds. */
  signPart(upload: PartUpload, part: { number: number; bytes: number }, seconds: number): Promise<string>;
  /** What the store has: sizes by part number, in order. NOT_FOUND where the upload is over or was never begun. */
  listParts(upload: PartUpload): Promise<{ part: number; size: number; etag: string }[]>;
  /** Makes the object of its parts; answers its size. */
  complete(upload: PartUpload): Promise<{ size: number }>;
  /** Drops an upload and its parts. Dropping what is not there is no error. */
  abort(upload: PartUpload): Promise<void>;
};
export type PartUpload = { key: string; multipartId: string };

/**
 * Objects by key, streamed in and out. A key is a path such as `artwork/art_01h.../original` (see checkKey).
 * Failures are StorageErrors; an error of the source passed to `put` comes through as it is.
 */
export type Storage = {
  /**
   * Stores the whole source or nothing: an object is never half visible, and an older one stays until the new one is
   * complete.
   */
  put(key: string, source: Bytes, options?: { contentType?: string }): Promise<{ size: number; sha256: string }>;
  /**
   * The bytes, or a range of them, and the size of the whole object. Destroy the stream if it is not read to its end.
   */
  open(key: string, range?: ByteRange): Promise<{ stream: Readable; size: number }>;
  head(key: string): Promise<{ size: number; modifiedAt: Date } | null>;
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>;
  /** A URL that serves the object for this many seconds as a download under this name; null where the store cannot. */
  presign(key: string, options: { seconds: number; fileName?: string }): Promise<string | null>;
  /** How large files come in past the memory of the server. */
  uploads: FolderUploads | PartUploads;
  /** Writes, reads and removes a small object: for readiness. Throws a StorageError if any of it fails. */
  probe(): Promise<void>;
  close(): Promise<void>;
};
