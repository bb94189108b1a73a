import { S3ServiceException } from '@aws-sdk/client-s3';
import { StorageError } from './storage-error.ts';
import type { StorageErrorCode } from './storage-error.ts';

/**
 * What a failed read says about the store. A store that may not tell what exists answers AccessDenied to a missing key.
 */
export function asS3ReadFailure(error: unknown, key: string): StorageError {
  return new StorageError(
    ['NoSuchKey', 'NotFound', 'NoSuchUpload'].includes(nameOf(error)) ? 'NOT_FOUND' : 'UNAVAILABLE',
    key,
    error,
  );
}

/**
 * What a failed write says about the store. The names of a full store are MinIO's and Ceph's: AWS itself is never full.
 */
export function asS3WriteFailure(error: unknown, key: string): StorageError {
  return new StorageError(writeCodeOf(error), key, error);
}

function writeCodeOf(error: unknown): StorageErrorCode {
  switch (nameOf(error)) {
    case 'XMinioStorageFull':
    case 'QuotaExceeded':
    case 'InsufficientCapacity':
      return 'FULL';
    case 'AccessDenied':
    case 'MethodNotAllowed':
      return 'READ_ONLY';
    default:
      return 'UNAVAILABLE';
  }
}

/** The error code S3 answered with; empty for a failure on the way there. */
function nameOf(error: unknown): string {
  return error instanceof S3ServiceException ? error.name : '';
}
