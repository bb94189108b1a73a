import { generateKeyPairSync, createVerify } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type S3Server, startS3Server } from '@windlass/testkit/start-s3-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStorage } from '../src/open-storage.ts';
import { signS3Url } from '../src/sign-s3-url.ts';
import type { Storage } from '../src/storage.ts';
import { withCloudFront } from '../src/with-cloudfront.ts';

let server: S3Server;
let storage: Storage;

beforeAll(async () => {
  server = await startS3Server();
  storage = openStorage(server.url());
});
afterAll(async () => {
  await storage.close();
  await server.close();
});

const bytes = (size: number) => Buffer.from(Uint8Array.from({ length: size }, (_, i) => (i * 31) % 251));
async function* inPieces(data: Buffer, size = 100_000) {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
}

test('an object comes out as it went in: small in one request, large in parts, and any range of it', async () => {
  for (const size of [0, 5, 20 * 1024 * 1024 + 7]) {
    const data = bytes(size);
    expect((await storage.put(`objects/${size}`, inPieces(data))).size).toBe(size);
    expect((await storage.head(`objects/${size}`))!.size).toBe(size);
    const { stream } = await storage.open(`objects/${size}`);
    expect((await buffer(stream)).equals(data)).toBe(true);
  }
  const { stream, size } = await storage.open(`objects/${20 * 1024 * 1024 + 7}`, { start: 9_000_000, end: 9_000_099 });
  expect(size).toBe(20 * 1024 * 1024 + 7);
  expect((await buffer(stream)).equals(bytes(9_000_100).subarray(9_000_000))).toBe(true);
});

test('a source that breaks leaves nothing, in one request or in parts', async () => {
  for (const size of [10, 20 * 1024 * 1024]) {
    const broken = async function* () {
      yield* inPieces(bytes(size));
      throw new Error('the source broke');
    };
    await expect(storage.put(`broken/${size}`, broken())).rejects.toThrow('the source broke');
    expect(await storage.head(`broken/${size}`)).toBeNull();
  }
});

test('what is not there is null or NOT_FOUND, and removing it is no error; the probe passes', async () => {
  expect(await storage.head('nothing')).toBeNull();
  await expect(storage.open('nothing')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await storage.remove('nothing');
  await storage.probe();
});

test('a presigned URL serves the object, whole and in ranges, under its name; changed in one letter it serves nothing', async () => {
  const data = bytes(1000);
  await storage.put('bundles/a-b_1.zip', inPieces(data));
  const url = (await storage.presign('bundles/a-b_1.zip', { seconds: 60, fileName: 'For you.zip' }))!; // a plain name: the test server does not encode an apostrophe as AWS does
  const whole = await fetch(url);
  expect([whole.status, whole.headers.get('content-disposition')]).toEqual([200, 'attachment; filename="For you.zip"']);
  expect(Buffer.from(await whole.arrayBuffer()).equals(data)).toBe(true);
  const part = await fetch(url, { headers: { range: 'bytes=10-19' } });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 10-19/1000']);
  for (const forged of [
    url.replace('X-Amz-Expires=60', 'X-Amz-Expires=6000'),
    url.replace('a-b', 'a-c'),
    url.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
  ]) {
    expect((await fetch(forged)).status, forged).toBe(403);
  }
});

test('a presigned URL ends', async () => {
  await storage.put('bundles/short', inPieces(bytes(3)));
  const past = new Date(Date.now() - 10_000);
  const of = {
    method: 'GET' as const,
    endpoint: server.endpoint,
    region: 'us-east-1',
    bucket: 'windlass',
    key: 'bundles/short',
    query: {},
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
  };
  expect((await fetch(signS3Url({ ...of, seconds: 60, now: past }))).status).toBe(200);
  expect((await fetch(signS3Url({ ...of, seconds: 5, now: past }))).status).toBe(403);
});

test('a wrong secret reads, writes and signs nothing', async () => {
  const stranger = openStorage(server.url('wrong'));
  await storage.put('mine', inPieces(bytes(3)));
  await expect(stranger.open('mine')).rejects.toMatchObject({ name: 'StorageError' });
  await expect(stranger.put('theirs', inPieces(bytes(3)))).rejects.toMatchObject({ name: 'StorageError' });
  expect((await fetch((await stranger.presign('mine', { seconds: 60 }))!)).status).toBe(403);
  await stranger.close();
});

test('the signature is the AWS SDK’s, with and without a session token', async () => {
  const now = new Date('2026-11-22T12:34:56.789Z');
  for (const sessionToken of [undefined, 'FwoGZXIvYXdzE/token+with=signs']) {
    const credentials = {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'wJalr/XUtnFEMI+K7MDENG',
      ...(sessionToken && { sessionToken }),
    };
    const client = new S3Client({
      endpoint: 'https://minio.example:9000',
      region: 'eu-central-1',
      credentials,
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    const disposition = `attachment; filename="x (1)'*!.zip"`;
    const command = new GetObjectCommand({
      Bucket: 'windlass',
      Key: `bundles/ü x/(1)!'*.zip`,
      ResponseContentDisposition: disposition,
    });
    const theirs = new URL(await getSignedUrl(client, command, { expiresIn: 300, signingDate: now }));
    const ours = new URL(
      signS3Url({
        method: 'GET',
        endpoint: 'https://minio.example:9000',
        region: 'eu-central-1',
        bucket: 'windlass',
        key: `bundles/ü x/(1)!'*.zip`,
        query: { 'x-id': 'GetObject', 'response-content-disposition': disposition },
        seconds: 300,
        credentials,
        now,
      }),
    );
    client.destroy();
    expect(Object.fromEntries(ours.searchParams)).toEqual(Object.fromEntries(theirs.searchParams));
    expect(ours.pathname).toBe(theirs.pathname);
  }
});

test('behind CloudFront a download is its URL, signed so that the public half of the key finds it true, and good for its own time', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const cdn = {
    url: 'https://d1.cloudfront.example',
    keyPairId: 'K2JCJMDEHXQW5F',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    seconds: 7200,
  };
  const url = (await withCloudFront(storage, cdn).presign('bundles/a-b.zip', { seconds: 60, fileName: 'b.zip' }))!;
  const [resource, query] = url.split(/[?&](?=Expires=)/) as [string, string];
  const signed = new URLSearchParams(query);
  expect(resource).toMatch(
    /^https:\/\/d1\.cloudfront\.example\/bundles\/a-b\.zip\?response-content-disposition=attachment/,
  );
  expect(Number(signed.get('Expires')) - Date.now() / 1000).toBeGreaterThan(7190);
  const policy = `{"Statement":[{"Resource":"${resource}","Condition":{"DateLessThan":{"AWS:EpochTime":${signed.get('Expires')}}}}]}`;
  const signature = /Signature=([^&]+)/.exec(query)![1]!.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/');
  expect(createVerify('RSA-SHA1').update(policy).verify(publicKey, signature, 'base64')).toBe(true);
  expect(createVerify('RSA-SHA1').update(policy.replace('a-b', 'a-c')).verify(publicKey, signature, 'base64')).toBe(
    false,
  );
});

test('a large upload goes to the store part by part, past us, in any order and resumed; it is an object once it is complete', async () => {
  const { uploads } = storage;
  if (uploads.kind !== 'parts') throw new Error('S3 takes parts');
  const data = bytes(uploads.partBytes * 2 + 1_000);
  const { multipartId } = await uploads.begin('uploads/large', { contentType: 'image/jpeg' });
  const upload = { key: 'uploads/large', multipartId };
  const send = async (part: number) => {
    const body = data.subarray((part - 1) * uploads.partBytes, part * uploads.partBytes);
    return (
      await fetch(await uploads.signPart(upload, { number: part, bytes: body.length }, 60), { method: 'PUT', body })
    ).status;
  };
  expect([await send(3), await send(1)]).toEqual([200, 200]);
  expect((await uploads.listParts(upload)).map(({ part, size }) => [part, size])).toEqual([
    [1, uploads.partBytes],
    [3, 1_000],
  ]);
  expect(await storage.head('uploads/large')).toBeNull();
  expect(await send(2)).toBe(200);
  expect(await uploads.complete(upload)).toEqual({ size: data.length });
  const { stream } = await storage.open('uploads/large');
  expect((await buffer(stream)).equals(data)).toBe(true);
});

test('the address of a part takes no other part, and an upload that was dropped is not there', async () => {
  const { uploads } = storage;
  if (uploads.kind !== 'parts') throw new Error('S3 takes parts');
  const upload = { key: 'uploads/dropped', ...(await uploads.begin('uploads/dropped')) };
  const url = await uploads.signPart(upload, { number: 1, bytes: 1 }, 60);
  expect((await fetch(url, { method: 'PUT', body: 'xx' })).status, 'more bytes than were promised').toBe(403);
  for (const forged of [
    url.replace('partNumber=1', 'partNumber=2'),
    url.replace('uploads/dropped', 'uploads/another'),
  ]) {
    expect((await fetch(forged, { method: 'PUT', body: 'x' })).status, forged).toBe(403);
  }
  await uploads.abort(upload);
  await uploads.abort(upload);
  await expect(uploads.listParts(upload)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
