const MAX_KEY_LENGTH = 512;
const MAX_SEGMENT_LENGTH = 200;
const SEGMENT = /^[a-z0-9_-][a-z0-9_.-]*$/;

/**
 * Throws a TypeError unless the key is lower-case segments joined by single slashes. Keys are made by us and never by a
 * person, so a bad one is a bug. The same rule holds for every store, or a key would work on disk and fail on S3.
 */
export function checkKey(key: string): void {
  const segments = key.split('/');
  const isFine =
    key.length <= MAX_KEY_LENGTH &&
    /^[a-z0-9]/.test(key) &&
    !key.includes('..') &&
    segments.every((segment) => segment.length <= MAX_SEGMENT_LENGTH && SEGMENT.test(segment));
  if (!isFine) throw new TypeError(`Not a storage key: ${JSON.stringify(key.slice(0, 100))}`);
}
