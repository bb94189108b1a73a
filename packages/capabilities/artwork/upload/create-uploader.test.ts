import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createUploader, type Uploader } from './create-uploader.ts';
import { rememberUploads } from './remember-uploads.ts';
import { keptInMemory } from './test/kept-in-memory.ts';
import { NodeXhr, wire } from './test/node-xhr.ts';
import { startUploadServer, type UploadServer } from './test/start-upload-server.ts';
import { UploadHindered, UploadRefused } from './upload-calls.ts';

// Under Node the library would take its own build, which knows no files: the page's build, over the page's kind of
// request.
vi.mock('tus-js-client', () => import('../../node_modules/tus-js-client/lib.esm/browser/index.js'));

let server: UploadServer;
/** Says when the line is back. */
const browser = new EventTarget();
beforeAll(() => {
  vi.stubGlobal('XMLHttpRequest', NodeXhr);
  vi.stubGlobal('addEventListener', browser.addEventListener.bind(browser));
  vi.stubGlobal('removeEventListener', browser.removeEventListener.bind(browser));
});
afterAll(() => vi.unstubAllGlobals());
beforeEach(async () => {
  server = await startUploadServer();
});
afterEach(async () => {
  await server.close();
  wire.reset();
});

/** A file that is kept as it is: nothing of it but its beginning is looked at. */
const makeFile = (name: string, bytes = 300_000) =>
  new File(['8BPS', randomBytes(bytes - 4)], name, { lastModified: 1_700_000_000_000 });
const sha256 = async (file: File) =>
  createHash('sha256')
    .update(new Uint8Array(await file.arrayBuffer()))
    .digest('hex');
const memory = () => rememberUploads('order', keptInMemory());
const statesOf = (uploader: Uploader) => uploader.now().items.map(({ state }) => state);
const waitFor = (check: () => void) => vi.waitFor(check, { timeout: 30_000, interval: 5 });
const until = (uploader: Uploader, ...states: string[]) => waitFor(() => expect(statesOf(uploader)).toEqual(states));
/**
 * The line lets so many more bytes out and then stands still: what comes next comes amid the sending, however fast or
 * slow the machine.
 */
async function sendOnly(bytes: number, begin: () => void): Promise<void> {
  wire.holdAt = wire.bodyBytes + bytes;
  begin();
  await waitFor(() => expect(wire.bodyBytes).toBeGreaterThanOrEqual(wire.holdAt));
}
const letGo = () => {
  wire.holdAt = Infinity;
};

test('files are sent three at a time and become artwork with their bytes as they were', async () => {
  const added: string[] = [];
  const uploader = createUploader(server.calls, { memory: memory(), onAdded: (id) => added.push(id) });
  const files = Array.from({ length: 9 }, (_, i) => makeFile(`${i}.psd`));
  wire.pieceMs = 5;
  uploader.add(files, { lineId: 'line' });
  await until(uploader, ...files.map(() => 'done'));
  expect(new Set(server.artworks.map((artwork) => artwork.sha256))).toEqual(
    new Set(await Promise.all(files.map(sha256))),
  );
  expect(added).toHaveLength(9);
  expect(server.artworks.every(({ lineId }) => lineId === 'line')).toBe(true);
  expect(wire.mostOpen).toBe(3);
  expect(uploader.now()).toMatchObject({ done: 9, moving: false, sentBytes: 2_700_000, totalBytes: 2_700_000 });
});

test('what is no artwork is refused within moments, before a byte of it is sent, though others are still in line', async () => {
  wire.holdAt = 100_000;
  const uploader = createUploader(server.calls, { memory: memory() });
  const wrong = [
    new File([], 'empty.png'),
    new File(['<!doctype html><p>hello'], 'page.jpg'),
    new File(['GIF89a and so on'], 'a.gif'),
  ];
  uploader.add([...Array.from({ length: 6 }, (_, i) => makeFile(`${i}.psd`, 2_000_000)), ...wrong]);
  await waitFor(() => expect(uploader.now().refused).toBe(3));
  const sentences = uploader.now().items.flatMap(({ sentence }) => sentence ?? []);
  expect(sentences[0]).toMatch(/empty/);
  expect(sentences[1]).toMatch(/web page\. Send the picture itself/);
  expect(uploader.now()).toMatchObject({ done: 0, moving: true, totalBytes: 12_000_000 });
  for (const { key } of uploader.now().items) uploader.drop(key);
});

test('a paused file goes on where it stood', async () => {
  const file = makeFile('large.psd', 12_000_000);
  const uploader = createUploader(server.calls, { memory: memory() });
  await sendOnly(10_000_000, () => uploader.add([file])); // into its second chunk of 8 MB
  uploader.pause();
  await until(uploader, 'paused');
  letGo();
  expect(uploader.now()).toMatchObject({ paused: true, moving: false, secondsLeft: null });
  const before = wire.bodyBytes;
  uploader.resume();
  await until(uploader, 'done');
  expect(wire.bodyBytes - before).toBeLessThan(4_200_000);
  expect(server.said).toEqual(['start', 'resume', 'finish']);
  expect(server.artworks[0]!.sha256).toBe(await sha256(file));
});

test('pause and go on, at once and again and again, leaves nothing behind', async () => {
  const uploader = createUploader(server.calls, { memory: memory() });
  server.interfere = (word) => (word === 'start' || word === 'resume' ? sleep(10) : undefined);
  uploader.add(Array.from({ length: 5 }, (_, i) => makeFile(`${i}.psd`)));
  for (let i = 0; i < 40; i += 1) {
    uploader.pause();
    if (i % 3 === 0) await sleep(3);
    uploader.resume();
    if (i % 4 === 0) await sleep(4);
  }
  await until(uploader, ...Array.from({ length: 5 }, () => 'done'));
  expect(server.artworks).toHaveLength(5);
});

test('one file is paused while the others go on, and what is added while all are paused waits too', async () => {
  const uploader = createUploader(server.calls, { memory: memory() });
  await sendOnly(100_000, () => uploader.add([makeFile('a.psd', 1_000_000), makeFile('b.psd', 1_000_000)]));
  await until(uploader, 'sending', 'sending');
  uploader.pause(uploader.now().items[0]!.key);
  letGo();
  await until(uploader, 'paused', 'done');
  expect(uploader.now()).toMatchObject({ paused: true });
  uploader.pause();
  uploader.add([makeFile('c.psd')]);
  await until(uploader, 'paused', 'done', 'paused');
  uploader.resume();
  await until(uploader, 'done', 'done', 'done');
});

test('a broken line is waited for, by all files together, and they go on by themselves', async () => {
  const uploader = createUploader(server.calls, { memory: memory() });
  const files = Array.from({ length: 6 }, (_, i) => makeFile(`${i}.psd`, 1_000_000));
  await sendOnly(300_000, () => uploader.add(files));
  wire.down = true;
  letGo();
  server.interfere = () => {
    if (wire.down) throw new TypeError('Failed to fetch');
  };
  await waitFor(() => expect(statesOf(uploader).slice(0, 3)).toEqual(['offline', 'offline', 'offline']));
  // Those in line stay there instead of failing one after the other.
  expect(statesOf(uploader).slice(3)).toEqual(['waiting', 'waiting', 'waiting']);
  wire.down = false;
  await until(uploader, ...files.map(() => 'done'));
  expect(server.artworks).toHaveLength(6);
});

test('after a reload all files dropped again go on: those on their way where they stood, those in line anew, and none is sent twice', async () => {
  const kept = keptInMemory();
  const [small, large, ...inLine] = [
    makeFile('small.psd', 1_000),
    ...['a', 'b', 'c', 'd'].map((name) => makeFile(`${name}.psd`, 12_000_000)),
  ] as [File, File, ...File[]];
  const before = createUploader(server.calls, { memory: rememberUploads('order', kept) });
  await sendOnly(9_000_000, () => before.add([small, large], { lineId: 'line' }));
  await waitFor(() => expect(before.now().done).toBe(1));
  before.add(inLine, { lineId: 'line' });
  wire.down = true;
  server.interfere = () => {
    throw new TypeError('Failed to fetch');
  };
  await waitFor(() => expect(statesOf(before)).toContain('offline'));
  before.pause(); // a page that is gone does nothing more

  server.interfere = () => {};
  wire.reset();
  server.said.length = 0;
  const after = createUploader(server.calls, { memory: rememberUploads('order', kept) });
  expect(after.interrupted().map(({ name }) => name)).toEqual(['a.psd', 'b.psd', 'c.psd', 'd.psd']);
  after.add([small, large, ...inLine, small]); // for no line in particular: for the one they were for; one twice, which is new
  await until(after, 'done', 'done', 'done', 'done', 'done', 'done');
  expect(server.said.filter((word) => word === 'start' || word === 'resume').toSorted()).toEqual([
    'resume',
    'start',
    'start',
    'start',
    'start',
  ]);
  expect(wire.bodyBytes).toBeLessThan(3 * 12_000_000 + 4_200_000);
  const bytes = await Promise.all([small, large, ...inLine].map(sha256));
  const expected = [...bytes.map((sha) => `line ${sha}`), `none ${bytes[0]}`];
  expect(server.artworks.map((artwork) => `${artwork.lineId ?? 'none'} ${artwork.sha256}`).toSorted()).toEqual(
    expected.toSorted(),
  );
  expect([after.interrupted(), kept.getItem('uploads:order')]).toEqual([[], null]);
  after.add([small], { lineId: 'line' }); // a new drop is a new file
  await until(after, 'done', 'done', 'done', 'done', 'done', 'done', 'done');
  expect(server.artworks).toHaveLength(7);
});

/** Another file that looks the same: its name, size and time, but other bytes. */
const twinOf = (file: File) => makeFile(file.name, file.size);
/** A page on which `file` is half sent, and which is gone. */
async function leaveHalfSent(file: File, kept: ReturnType<typeof keptInMemory>): Promise<void> {
  const page = createUploader(server.calls, { memory: rememberUploads('order', kept) });
  await sendOnly(9_000_000, () => page.add([file], { lineId: 'front' }));
  page.pause();
  await until(page, 'paused');
  wire.reset();
  server.said.length = 0;
}

test('a file that only looks like what was interrupted begins anew, and the right one goes on', async () => {
  const kept = keptInMemory();
  const file = makeFile('logo.psd', 12_000_000);
  const twin = twinOf(file);
  await leaveHalfSent(file, kept);
  const after = createUploader(server.calls, { memory: rememberUploads('order', kept) });
  after.add([twin]);
  await until(after, 'done');
  expect(server.said).toEqual(['start', 'finish']);
  expect(server.artworks).toEqual([{ name: 'logo.psd', lineId: undefined, sha256: await sha256(twin) }]);
  expect(after.interrupted().map(({ name }) => name)).toEqual(['logo.psd']);
  const before = wire.bodyBytes;
  after.add([file]);
  await until(after, 'done', 'done');
  expect(server.said.slice(2)).toEqual(['resume', 'finish']);
  expect(wire.bodyBytes - before).toBeLessThan(4_200_000);
  expect(server.artworks[1]).toEqual({ name: 'logo.psd', lineId: 'front', sha256: await sha256(file) });
});

test('of files that look the same each keeps its own bytes, whichever comes first after a reload', async () => {
  const kept = keptInMemory();
  const file = makeFile('logo.psd', 12_000_000);
  await leaveHalfSent(file, kept);
  const twins = [twinOf(file), twinOf(file)];
  const after = createUploader(server.calls, { memory: rememberUploads('order', kept) });
  after.add([...twins, file]);
  await until(after, 'done', 'done', 'done');
  const sent = await Promise.all([...twins, file].map(sha256));
  expect(server.artworks.map((artwork) => artwork.sha256).toSorted()).toEqual(sent.toSorted());
  expect(after.interrupted()).toEqual([]);
});

test('what looks like a file that was sent, and is another, is sent too', async () => {
  const kept = keptInMemory();
  const file = makeFile('sent.psd', 1_000);
  const before = createUploader(server.calls, { memory: rememberUploads('order', kept) });
  await sendOnly(9_000_000, () => before.add([file, makeFile('large.psd', 12_000_000)]));
  await waitFor(() => expect(before.now().done).toBe(1));
  before.pause();
  letGo();
  const after = createUploader(server.calls, { memory: rememberUploads('order', kept) });
  const twin = twinOf(file);
  after.add([twin]);
  await until(after, 'done');
  after.add([file]); // not a second time
  await until(after, 'done', 'done');
  expect(server.artworks.map((artwork) => artwork.sha256)).toEqual([await sha256(file), await sha256(twin)]);
});

test('what an earlier release remembered, without its bytes, goes on, and is known by them from then on', async () => {
  const kept = keptInMemory();
  const file = makeFile('old.psd', 12_000_000);
  await leaveHalfSent(file, kept);
  const [{ fingerprint, ...old }] = JSON.parse(kept.getItem('uploads:order')!) as [Record<string, string>];
  kept.setItem('uploads:order', JSON.stringify([old]));
  const after = createUploader(server.calls, { memory: rememberUploads('order', kept) });
  await sendOnly(1_000_000, () => after.add([file]));
  expect(JSON.parse(kept.getItem('uploads:order')!)).toMatchObject([{ fingerprint }]);
  letGo();
  await until(after, 'done');
  expect(server.said).toEqual(['resume', 'finish']);
});

test('what was interrupted can be forgotten, here and on the server', async () => {
  const kept = keptInMemory();
  const before = createUploader(server.calls, { memory: rememberUploads('order', kept) });
  await sendOnly(100_000, () => before.add([makeFile('a.psd', 2_000_000)]));
  before.pause();
  await until(before, 'paused');
  const after = createUploader(server.calls, { memory: rememberUploads('order', kept) });
  after.forgetInterrupted();
  expect(after.interrupted()).toEqual([]);
  await waitFor(() => expect(server.states()).toEqual(['abandoned']));
});

test('where only the answer of finishing was lost, the file is not sent again', async () => {
  const uploader = createUploader(server.calls, { memory: memory() });
  server.interfere = (word, answered) => {
    if (word === 'finish' && answered && server.said.filter((said) => said === 'finish').length === 1)
      throw new TypeError('Failed to fetch');
  };
  uploader.add([makeFile('once.psd')]);
  await until(uploader, 'done');
  expect(server.artworks).toHaveLength(1);
});

test('the same file for two lines is two artworks', async () => {
  const uploader = createUploader(server.calls, { memory: memory() });
  const file = makeFile('logo.psd', 500_000);
  await sendOnly(50_000, () => uploader.add([file], { lineId: 'front' }));
  uploader.add([file], { lineId: 'back' });
  letGo();
  await until(uploader, 'done', 'done');
  expect(server.artworks.map(({ lineId }) => lineId).toSorted()).toEqual(['back', 'front']);
});

test('what is given up is given up on the server too, even while it is only being begun', async () => {
  const uploader = createUploader(server.calls, { memory: memory() });
  server.interfere = (word) => (word === 'start' ? sleep(300) : undefined);
  uploader.add([makeFile('a.psd')]);
  await waitFor(() => expect(server.said).toContain('start'));
  uploader.drop(uploader.now().items[0]?.key ?? '1');
  await waitFor(() => expect(server.states()).toEqual(['abandoned']));
  expect([uploader.interrupted(), server.artworks]).toEqual([[], []]);
});

test('a refusal ends a file with its sentence', async () => {
  const uploader = createUploader(server.calls, { memory: memory() });
  server.interfere = (word) => {
    if (word === 'finish') throw new UploadRefused('BROKEN_IMAGE', 'This picture is damaged.');
  };
  uploader.add([makeFile('damaged.psd')]);
  await until(uploader, 'refused');
  expect([uploader.now().items[0]!.sentence, uploader.interrupted()]).toEqual(['This picture is damaged.', []]);
});

test('a server that is there and cannot is asked a few times, then a person decides', async () => {
  const uploader = createUploader(server.calls, { memory: memory() });
  let hindered = true;
  server.interfere = (word) => {
    if (word === 'finish' && hindered) throw new UploadHindered('The store is away.');
  };
  uploader.add([makeFile('hindered.psd')]);
  await waitFor(() => {
    browser.dispatchEvent(new Event('online')); // sooner than the waits end
    expect(uploader.now().failed).toBe(1);
  });
  expect(uploader.now()).toMatchObject({ moving: false, items: [{ state: 'failed', sentence: 'The store is away.' }] });
  expect(server.said.filter((word) => word === 'finish')).toHaveLength(5);
  hindered = false;
  uploader.retry();
  await until(uploader, 'done');
});

test('an upload whose bytes the server has lost is begun anew', async () => {
  const uploader = createUploader(server.calls, { memory: memory() });
  const file = makeFile('a.psd', 1_000_000);
  await sendOnly(200_000, () => uploader.add([file]));
  uploader.pause();
  await until(uploader, 'paused');
  letGo();
  await server.loseBytes();
  uploader.resume();
  await until(uploader, 'done');
  expect(server.states().toSorted()).toEqual(['abandoned', 'finished']);
  expect(server.artworks.map((artwork) => artwork.sha256)).toEqual([await sha256(file)]);
});

test('a file that can no longer be read says so, and does not wait for a line', async () => {
  const file = makeFile('gone.psd');
  const gone = new DOMException('The file could not be read.', 'NotReadableError');
  const uploader = createUploader(server.calls, { memory: memory() });
  vi.spyOn(file, 'slice').mockImplementation(() =>
    Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(gone) }),
  );
  uploader.add([file]);
  await until(uploader, 'refused');
  expect(uploader.now().items[0]!.sentence).toMatch(/can no longer be read/);
});

test('two hundred files tell of themselves a few times a second, not with every piece', async () => {
  const uploader = createUploader(server.calls, { memory: memory() });
  let told = 0;
  uploader.subscribe(() => (told += 1));
  const began = performance.now();
  uploader.add(Array.from({ length: 200 }, (_, i) => makeFile(`${i}.psd`, 2_000)));
  await waitFor(() => expect(uploader.now().done).toBe(200));
  expect(told).toBeLessThan((performance.now() - began) / 60 + 3);
});
