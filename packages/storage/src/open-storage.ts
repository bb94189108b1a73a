import { fileURLToPath } from 'node:url';
import { createDiskStorage } from './create-disk-storage.ts';
import { createS3Storage } from './create-s3-storage.ts';
import { parseS3Url } from './parse-s3-url.ts';
import type { Storage } from './storage.ts';

/**
 * Opens the store a STORAGE_URL names: `file:///path`, or
 * `s3://KEY:SECRET@host:port/bucket?region=eu-central-1&tls=off`. Connects to nothing yet. Throws on any other URL.
 */
export function openStorage(url: string): Storage {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  switch (parsed?.protocol) {
    case 'file:':
      return createDiskStorage(fileURLToPath(parsed));
    case 's3:':
      return createS3Storage(parseS3Url(parsed));
    default:
      throw new Error(
        'STORAGE_URL must look like file:///path or s3://KEY:SECRET@host:port/bucket?region=eu-central-1.',
      );
  }
}
