import type { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { attachmentHeader } from './attachment-header.ts';
import { checkKey } from './check-key.ts';
import type { S3Settings } from './parse-s3-url.ts';
import { probeStorage } from './probe-storage.ts';
import { putS3Object } from './put-s3-object.ts';
import { asS3ReadFailure, asS3WriteFailure } from './s3-failure.ts';
import { s3PartUploads } from './s3-part-uploads.ts';
import { signS3Url } from './sign-s3-url.ts';
import type { Storage } from './storage.ts';

const CONNECT_TIMEOUT_MS = 3_000;
/** Silence on a connection, not the length of a transfer. */
const IDLE_TIMEOUT_MS = 30_000;

/** Keeps objects in an S3 bucket, which must exist. Addresses it by path, which every compatible store understands. */
export function createS3Storage({ endpoint, region, bucket, credentials }: S3Settings): Storage {
  const client = new S3Client({
    endpoint,
    region,
    ...(credentials === undefined ? {} : { credentials }),
    forcePathStyle: true,
    maxAttempts: 3,
    // Checksums beyond the signature are recent and not every compatible store knows them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, socketTimeout: IDLE_TIMEOUT_MS },
  });
  const at = (key: string) => {
    checkKey(key);
    return { Bucket: bucket, Key: key };
  };

  const storage: Storage = {
    async put(key, source, options = {}) {
      checkKey(key);
      return putS3Object({ client, bucket, key, contentType: options.contentType }, source);
    },

    async open(key, range) {
      const Range = range === undefined ? undefined : `bytes=${range.start}-${range.end}`;
      const command = new GetObjectCommand({ ...at(key), Range });
      try {
        const found = await client.send(command);
        // Content-Range ends in the size of the whole: bytes 0-9/1234.
        const size = found.ContentRange === undefined ? found.ContentLength : Number(found.ContentRange.split('/')[1]);
        return { stream: found.Body as Readable, size: size ?? 0 };
      } catch (error) {
        throw asS3ReadFailure(error, key);
      }
    },

    async head(key) {
      const command = new HeadObjectCommand(at(key));
      try {
        const found = await client.send(command);
        return { size: found.ContentLength ?? 0, modifiedAt: found.LastModified ?? new Date(0) };
      } catch (error) {
        const failure = asS3ReadFailure(error, key);
        if (failure.code === 'NOT_FOUND') return null;
        throw failure;
      }
    },

    async remove(key) {
      const command = new DeleteObjectCommand(at(key));
      try {
        // S3 answers 204 also when there was nothing to remove.
        await client.send(command);
      } catch (error) {
        throw asS3WriteFailure(error, key);
      }
    },

    async presign(key, { seconds, fileName }) {
      checkKey(key);
      const query = {
        'x-id': 'GetObject',
        ...(fileName !== undefined && { 'response-content-disposition': attachmentHeader(fileName) }),
      };
      // Asked of the client each time: a machine's role changes its credentials every few hours.
      const current = await client.config.credentials();
      return signS3Url({
        method: 'GET',
        endpoint,
        region,
        bucket,
        key,
        query,
        seconds,
        credentials: current,
        now: new Date(),
      });
    },

    uploads: s3PartUploads(client, { endpoint, region, bucket }),

    probe: () => probeStorage(storage),

    close: async () => client.destroy(),
  };
  return storage;
}
