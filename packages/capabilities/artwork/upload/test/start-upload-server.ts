import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { newId } from '@windlass/db/ids';
import { openStorage } from '@windlass/storage/open-storage';
import type { UploadPlan } from '../../contract.ts';
import { uploadName } from '../../link-token.ts';
import { createTusServer, TUS_PATH } from '../../server/tus-server.ts';
import { createTusFile, removeTusFile } from '../../tus-files.ts';
import { type UploadCalls, type UploadFacts, UploadRefused } from '../upload-calls.ts';

const SECRET = 'uploads of a test are named with this';

type Upload = {
  facts: UploadFacts;
  key: string;
  multipartId?: string | undefined;
  state: 'open' | 'finished' | 'abandoned';
};
export type Word = keyof UploadCalls;

export type UploadServer = {
  calls: UploadCalls;
  /** Every call, in order. */
  said: Word[];
  /** What became artwork: facts and the SHA-256 of its bytes, in the order of being finished. */
  artworks: { name: string; lineId: string | undefined; sha256: string }[];
  states: () => Upload['state'][];
  /** What has come in of uploads on their way is gone, as after a disk was changed. */
  loseBytes: () => Promise<void>;
  /** Runs before (`answered` false) and after a call; what it throws is what the caller gets. */
  interfere: (word: Word, answered: boolean) => Promise<void> | void;
  close: () => Promise<void>;
};

/**
 * What the pages send to, on loopback: real storage, the tus server as we run it, and just enough of the calls around
 * them.
 */
export async function startUploadServer(storageUrl?: string): Promise<UploadServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'windlass-uploads-'));
  const storage = openStorage(storageUrl ?? pathToFileURL(folder).href);
  const { uploads } = storage;
  const all = new Map<string, Upload>();
  const tus =
    uploads.kind === 'folder'
      ? createTusServer(uploads, SECRET, async (uploadId) => all.get(uploadId)?.state === 'open')
      : undefined;
  const http = createServer((request, response) => void tus?.handle(request, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const finished = new Map<string, string>();

  const openOne = (uploadId: string): Upload => {
    const upload = all.get(uploadId);
    if (upload?.state !== 'open') throw new UploadRefused('NOT_FOUND', 'There is no such upload.');
    return upload;
  };
  const plan = async (uploadId: string, { key, multipartId }: Upload): Promise<UploadPlan> => {
    if (uploads.kind === 'folder') {
      const url = `${origin}${TUS_PATH}/${uploadName(SECRET, uploadId)}`;
      return { uploadId, protocol: 'tus', url, partBytes: 0, partsThere: [], arrived: false };
    }
    const there = await uploads.listParts({ key, multipartId: multipartId! });
    const partsThere = there.map(({ part }) => part);
    return { uploadId, protocol: 'parts', url: null, partBytes: uploads.partBytes, partsThere, arrived: false };
  };
  const work: UploadCalls = {
    async start(facts) {
      const uploadId = newId('upl');
      const upload: Upload = { facts, key: `artwork/${uploadId}`, state: 'open' };
      if (uploads.kind === 'parts') upload.multipartId = (await uploads.begin(upload.key)).multipartId;
      else await createTusFile(uploads, SECRET, { id: uploadId, sizeBytes: facts.sizeBytes });
      all.set(uploadId, upload);
      return plan(uploadId, upload);
    },
    resume: async (uploadId) => plan(uploadId, openOne(uploadId)),
    async partUrls(uploadId, parts) {
      const { facts, key, multipartId } = openOne(uploadId);
      if (uploads.kind !== 'parts') throw new Error('not in parts');
      return Promise.all(
        parts.map(async (part) => ({
          part,
          url: await uploads.signPart(
            { key, multipartId: multipartId! },
            { number: part, bytes: Math.min(uploads.partBytes, facts.sizeBytes - (part - 1) * uploads.partBytes) },
            60,
          ),
        })),
      );
    },
    async finish(uploadId) {
      if (finished.has(uploadId)) return { artworkId: finished.get(uploadId)! };
      const { facts, key, multipartId } = openOne(uploadId);
      if (uploads.kind === 'parts') await uploads.complete({ key, multipartId: multipartId! });
      else await uploads.adopt(path.join(uploads.folder, uploadName(SECRET, uploadId)), key);
      const bytes = await buffer((await storage.open(key)).stream);
      server.artworks.push({
        name: facts.name,
        lineId: facts.lineId,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
      all.get(uploadId)!.state = 'finished';
      finished.set(uploadId, `art ${finished.size + 1}`);
      return { artworkId: finished.get(uploadId)! };
    },
    async abandon(uploadId) {
      const upload = all.get(uploadId);
      if (upload?.state !== 'open') return;
      upload.state = 'abandoned';
      if (uploads.kind === 'folder') await removeTusFile(uploads, SECRET, uploadId);
      else await uploads.abort({ key: upload.key, multipartId: upload.multipartId! });
    },
  };
  const watched =
    <Input extends unknown[], Output>(word: Word, call: (...input: Input) => Promise<Output>) =>
    async (...input: Input): Promise<Output> => {
      server.said.push(word);
      await server.interfere(word, false);
      const answer = await call(...input);
      await server.interfere(word, true);
      return answer;
    };
  const server: UploadServer = {
    calls: {
      start: watched('start', work.start),
      resume: watched('resume', work.resume),
      partUrls: watched('partUrls', work.partUrls),
      finish: watched('finish', work.finish),
      abandon: watched('abandon', work.abandon),
    },
    said: [],
    artworks: [],
    states: () => [...all.values()].map(({ state }) => state),
    async loseBytes() {
      if (uploads.kind !== 'folder') throw new Error('only on disk');
      for (const uploadId of all.keys()) await removeTusFile(uploads, SECRET, uploadId);
    },
    interfere: () => {},
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await storage.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return server;
}
