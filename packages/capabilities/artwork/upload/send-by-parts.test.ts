import { createHash, randomBytes } from 'node:crypto';
import { type S3Server, startS3Server } from '@windlass/testkit/start-s3-server';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createUploader } from './create-uploader.ts';
import { rememberUploads } from './remember-uploads.ts';
import { sendByParts } from './send-by-parts.ts';
import { keptInMemory } from './test/kept-in-memory.ts';
import { NodeXhr, wire } from './test/node-xhr.ts';
import { startUploadServer, type UploadServer } from './test/start-upload-server.ts';

const PART = 8 * 1024 * 1024;

let s3: S3Server;
let server: UploadServer;
beforeAll(async () => {
  vi.stubGlobal('XMLHttpRequest', NodeXhr);
  s3 = await startS3Server();
  server = await startUploadServer(s3.url());
});
afterEach(() => {
  wire.reset();
  server.said.length = 0;
  server.interfere = () => {};
});
afterAll(async () => {
  await server.close();
  await s3.close();
  vi.unstubAllGlobals();
});

const makeFile = (bytes: number) =>
  new File(['8BPS', randomBytes(bytes - 4)], 'large.psd', { lastModified: 1_700_000_000_000 });
const sha256 = async (file: File) =>
  createHash('sha256')
    .update(new Uint8Array(await file.arrayBuffer()))
    .digest('hex');
const signal = () => new AbortController().signal;
const waitFor = (check: () => void) => vi.waitFor(check, { timeout: 30_000, interval: 5 });

test('a file goes to the store in signed parts, three at once, and only what is missing of it', async () => {
  const file = makeFile(4 * PART + 1_000);
  const plan = await server.calls.start({ name: file.name, sizeBytes: file.size });
  expect(plan).toMatchObject({ protocol: 'parts', partBytes: PART });
  const first = new File([file.slice(0, PART)], file.name);
  await sendByParts(server.calls, { ...plan }, { file: first, signal: signal(), onSent: () => {} });

  wire.reset();
  const told: number[] = [];
  const again = await server.calls.resume(plan.uploadId);
  expect(again.partsThere).toEqual([1]);
  await sendByParts(server.calls, again, { file, signal: signal(), onSent: (bytes) => told.push(bytes) });
  expect([told[0], told.at(-1), wire.bodyBytes, wire.mostOpen]).toEqual([PART, file.size, 3 * PART + 1_000, 3]);
  await server.calls.finish(plan.uploadId);
  expect(server.artworks.at(-1)!.sha256).toBe(await sha256(file));
});

test('one broken part ends the others: nothing of a try goes on beside the next', async () => {
  const file = makeFile(3 * PART);
  const plan = await server.calls.start({ name: file.name, sizeBytes: file.size });
  wire.holdAt = 100_000;
  let asked = 0;
  server.interfere = (word) => {
    if (word === 'partUrls' && ++asked === 3) throw new TypeError('Failed to fetch');
  };
  await expect(sendByParts(server.calls, plan, { file, signal: signal(), onSent: () => {} })).rejects.toThrow(
    'Failed to fetch',
  );
  await waitFor(() => expect(wire.open).toBe(0));
  expect(wire.bodyBytes).toBeLessThan(PART);
});

test('a changed signature is answered by the store, and told from a line that broke', async () => {
  const file = makeFile(1_000);
  const plan = await server.calls.start({ name: file.name, sizeBytes: file.size });
  const forged = {
    ...server.calls,
    partUrls: async (id: string, parts: number[]) =>
      (await server.calls.partUrls(id, parts)).map(({ part, url }) => ({
        part,
        url: url.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      })),
  };
  await expect(sendByParts(forged, plan, { file, signal: signal(), onSent: () => {} })).rejects.toThrow(
    'The store answered 403.',
  );
  wire.down = true;
  await expect(sendByParts(server.calls, plan, { file, signal: signal(), onSent: () => {} })).rejects.toThrow(
    'the line to the store broke',
  );
});

test('paused within its parts and gone on with, a file comes out as it was', async () => {
  const file = makeFile(3 * PART + 5);
  const uploader = createUploader(server.calls, { memory: rememberUploads('order', keptInMemory()) });
  wire.holdAt = PART + 1;
  uploader.add([file]);
  await waitFor(() => expect(wire.bodyBytes).toBeGreaterThan(PART));
  uploader.pause();
  await waitFor(() => expect(wire.open).toBe(0));
  wire.holdAt = Infinity;
  const before = wire.bodyBytes;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(wire.bodyBytes).toBe(before);
  uploader.resume();
  await waitFor(() => expect(uploader.now().done).toBe(1));
  expect(server.artworks.at(-1)!.sha256).toBe(await sha256(file));
});
