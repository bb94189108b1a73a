import { S3ServiceException } from '@aws-sdk/client-s3';
import { StorageError } from './storage-error.ts';
import type { StorageErrorCode } from './storage-error.ts';

/** What a failed S3 call says about the store. The names of a full store are MinIO's and Ceph's: AWS itself is never full. */
export function asS3Failure(error: unknown, key: string): StorageError {
  return new StorageError(codeOf(error), key, error);
}

function codeOf(error: unknown): StorageErrorCode {
  if (!(error instanceof S3ServiceException)) return 'UNAVAILABLE';
  const status = error.$metadata.httpStatusCode;
  if (error.name === 'NoSuchKey' || error.name === 'NotFound') return 'NOT_FOUND';
  if (error.name === 'XMinioStorageFull' || error.name === 'QuotaExceeded' || status === 507) return 'FULL';
  if (error.name === 'AccessDenied' || error.name === 'MethodNotAllowed') return 'READ_ONLY';
  return 'UNAVAILABLE';
}
