import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  paginateListParts,
  type S3Client,
} from '@aws-sdk/client-s3';
import { checkKey } from './check-key.ts';
import type { S3Settings } from './parse-s3-url.ts';
import { asS3ReadFailure, asS3WriteFailure } from './s3-failure.ts';
import { signS3Url } from './sign-s3-url.ts';
import type { PartUpload, PartUploads } from './storage.ts';

/** S3 takes parts from 5 MB up. A browser holds a few at once, and sends a lost one again. */
const PART_BYTES = 8 * 1024 * 1024;

/** Multipart uploads whose parts somebody else sends. The bucket must allow PUT from the page's origin (CORS). */
export function s3PartUploads(
  client: S3Client,
  { endpoint, region, bucket }: Pick<S3Settings, 'endpoint' | 'region' | 'bucket'>,
): PartUploads {
  const at = ({ key, multipartId }: PartUpload) => ({ Bucket: bucket, Key: key, UploadId: multipartId });

  const uploads: PartUploads = {
    kind: 'parts',
    origin: new URL(endpoint).origin,
    partBytes: PART_BYTES,

    async begin(key, { contentType } = {}) {
      checkKey(key);
      try {
        const { UploadId } = await client.send(
          new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ContentType: contentType }),
        );
        return { multipartId: UploadId! };
      } catch (error) {
        throw asS3WriteFailure(error, key);
      }
    },

    async signPart({ key, multipartId }, { number, bytes }, seconds) {
      const credentials = await client.config.credentials();
      const query = { partNumber: String(number), uploadId: multipartId, 'x-id': 'UploadPart' };
      return signS3Url({
        method: 'PUT',
        endpoint,
        region,
        bucket,
        key,
        query,
        contentLength: bytes,
        seconds,
        credentials,
        now: new Date(),
      });
    },

    async listParts(upload) {
      try {
        const parts: { part: number; size: number; etag: string }[] = [];
        for await (const page of paginateListParts({ client }, at(upload))) {
          parts.push(
            ...(page.Parts ?? []).map(({ PartNumber, Size, ETag }) => ({
              part: PartNumber!,
              size: Size ?? 0,
              etag: ETag ?? '',
            })),
          );
        }
        return parts;
      } catch (error) {
        throw asS3ReadFailure(error, upload.key);
      }
    },

    async complete(upload) {
      const parts = await uploads.listParts(upload);
      const Parts: CompletedPart[] = parts.map(({ part, etag }) => ({ PartNumber: part, ETag: etag }));
      try {
        await client.send(new CompleteMultipartUploadCommand({ ...at(upload), MultipartUpload: { Parts } }));
      } catch (error) {
        throw asS3WriteFailure(error, upload.key);
      }
      return { size: parts.reduce((sum, { size }) => sum + size, 0) };
    },

    async abort(upload) {
      try {
        await client.send(new AbortMultipartUploadCommand(at(upload)));
      } catch (error) {
        const failure = asS3ReadFailure(error, upload.key);
        if ((error as Error).name !== 'NoSuchUpload') throw failure;
      }
    },
  };
  return uploads;
}
