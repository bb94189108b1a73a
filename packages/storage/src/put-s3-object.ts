import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { CompletedPart, S3Client } from '@aws-sdk/client-s3';
import { readParts } from './read-parts.ts';
import { asS3WriteFailure } from './s3-failure.ts';
import type { Bytes } from './storage.ts';

/** S3 takes parts from 5 MB up and at most 10,000 of them: with 8 MB an object may have 78 GB. */
const PART_BYTES = 8 * 1024 * 1024;

export type S3Target = { client: S3Client; bucket: string; key: string; contentType: string | undefined };

/**
 * Uploads a source of unknown length with two parts in memory at most: in one request when it fits into a part, else as
 * a multipart upload, which becomes visible at its end or not at all. The parts go one after another: the source, not
 * S3, is usually the slower side, and an aborted upload then has nothing still in flight.
 */
export async function putS3Object(target: S3Target, source: Bytes): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  let upload: MultipartUpload | undefined;
  let waiting: Buffer | undefined;
  try {
    for await (const part of readParts(source as AsyncIterable<Uint8Array>, PART_BYTES)) {
      hash.update(part);
      size += part.byteLength;
      if (waiting !== undefined) {
        upload ??= await startMultipart(target);
        await upload.send(waiting);
      }
      waiting = part;
    }
    const last = waiting ?? Buffer.alloc(0);
    if (upload === undefined) await putWhole(target, last);
    else await upload.finish(last);
  } catch (error) {
    // The first failure is the one to report; parts that cannot be dropped now are the bucket's lifecycle rule's to
    // remove.
    await Promise.allSettled([upload?.abort()]);
    throw error;
  }
  return { size, sha256: hash.digest('hex') };
}

async function putWhole({ client, bucket, key, contentType }: S3Target, body: Buffer): Promise<void> {
  const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType });
  await inS3(key, () => client.send(command));
}

type MultipartUpload = {
  send(part: Buffer): Promise<void>;
  finish(part: Buffer): Promise<void>;
  abort(): Promise<void>;
};

async function startMultipart({ client, bucket, key, contentType }: S3Target): Promise<MultipartUpload> {
  const create = new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ContentType: contentType });
  const { UploadId } = await inS3(key, () => client.send(create));
  const upload = { Bucket: bucket, Key: key, UploadId };
  const parts: CompletedPart[] = [];

  async function send(part: Buffer): Promise<void> {
    const PartNumber = parts.length + 1;
    const { ETag } = await inS3(key, () => client.send(new UploadPartCommand({ ...upload, PartNumber, Body: part })));
    parts.push({ PartNumber, ETag });
  }

  return {
    send,
    async finish(part) {
      await send(part);
      await inS3(key, () =>
        client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } })),
      );
    },
    async abort() {
      await inS3(key, () => client.send(new AbortMultipartUploadCommand(upload)));
    },
  };
}

async function inS3<T>(key: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asS3WriteFailure(error, key);
  }
}
