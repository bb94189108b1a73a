import { measureRate } from './measure-rate.ts';
import { findRemembered, type Remembered, type UploadMemory } from './remember-uploads.ts';
import { runUpload } from './run-upload.ts';
import { summariseUploads } from './summarise-uploads.ts';
import { type UploadCalls, UploadHindered, UploadLost, UploadRefused } from './upload-calls.ts';
import { isOver, type UploadItem, type UploadsNow, type UploadState } from './upload-item.ts';
import { waitForLine } from './wait-for-line.ts';

/**
 * Files at once. Sent: more would only be slower each. Checked: a few short reads each, so that all are looked at
 * within moments.
 */
const AT_ONCE = { checking: 4, waiting: 3 };
/** A server that is there and cannot is asked so often, while no further byte gets through. */
const MOST_HINDERED = 5;
/** Screens hear of progress so often at most. In ms. */
const TELL_MS = 60;

export type Place = { lineId?: string | undefined; replacesId?: string | undefined };

export type Uploader = {
  add: (files: readonly File[], place?: Place) => void;
  /** One, or all that wait or are sent; what is added after a pause of all waits too. */
  pause: (key?: string) => void;
  resume: (key?: string) => void;
  /** What has failed, once more: one, or all. */
  retry: (key?: string) => void;
  /** Gives one up, or takes an ended one off the list. What is being finished cannot be given up any more. */
  drop: (key: string) => void;
  clearEnded: () => void;
  /**
   * Added before this page was loaded and not gone on with yet: the same file, added again, goes on. What was sent then
   * is not sent twice.
   */
  interrupted: () => Remembered[];
  forgetInterrupted: () => void;
  subscribe: (listener: () => void) => () => void;
  now: () => UploadsNow;
};

type Entry = {
  item: UploadItem;
  file: File;
  /** What it was dropped for, and what it is for: an interrupted one goes where it went before. */
  droppedFor: Place;
  place: Place;
  /** What it is called in the browser's memory. */
  memoryId: string;
  /** Before the page was loaded, as the memory says. */
  sentBefore: boolean;
  /** It is what the memory says by its bytes too. */
  recognised: boolean;
  uploadId: string | undefined;
  /** While it is worked on, and for what. */
  work: { stop: AbortController; as: keyof typeof AT_ONCE } | undefined;
  checked: boolean;
  /** How often the server could not, since a byte more than ever had come through. */
  hindered: number;
  mostSent: number;
};

/**
 * Sends any number of files, three at a time: resumed after a pause, a broken line or a reload, each refused one with
 * its reason.
 */
export function createUploader(
  calls: UploadCalls,
  { memory, onAdded }: { memory: UploadMemory; onAdded?: (artworkId: string) => void },
): Uploader {
  const entries = new Map<string, Entry>();
  const listeners = new Set<() => void>();
  const rate = measureRate();
  let count = 0;
  let allPaused = false;
  let snapshot: UploadsNow = summariseUploads([], 0);
  let telling: ReturnType<typeof setTimeout> | undefined;

  const changed = () => {
    telling ??= setTimeout(() => {
      telling = undefined;
      snapshot = summariseUploads(
        [...entries.values()].map(({ item }) => item),
        rate.perSecond(),
      );
      for (const listener of listeners) listener();
    }, TELL_MS);
  };
  const update = (entry: Entry, change: Partial<UploadItem>) => {
    entry.item = { ...entry.item, ...change };
    changed();
  };
  const isListed = ({ item }: Entry) => entries.has(item.key);
  const taken = () => new Set([...entries.values()].map(({ memoryId }) => memoryId));
  const ready = (entry: Entry): UploadState => (entry.checked ? 'waiting' : 'checking');
  const line = waitForLine(() => {
    for (const entry of entries.values())
      if (entry.item.state === 'offline') update(entry, { state: ready(entry), sentence: undefined });
    callNext();
  });

  const callNext = () => {
    for (const as of ['checking', 'waiting'] as const) {
      if (as === 'waiting' && line.isBroken()) return;
      const all = [...entries.values()];
      const free = AT_ONCE[as] - all.filter(({ work }) => work?.as === as).length;
      for (const entry of all.filter(({ item, work }) => item.state === as && !work).slice(0, Math.max(0, free)))
        void work(entry, as);
    }
  };
  const work = async (entry: Entry, as: keyof typeof AT_ONCE) => {
    const stop = new AbortController();
    entry.work = { stop, as };
    try {
      await (as === 'checking' ? check(entry) : send(entry, stop.signal));
    } catch (error) {
      if (!stop.signal.aborted && isListed(entry)) await explain(entry, error);
    } finally {
      entry.work = undefined;
      callNext();
    }
  };
  const check = async (entry: Entry) => {
    const [{ checkFile }, { fingerprint }] = await Promise.all([import('./check-file.ts'), import('./fingerprint.ts')]);
    recognise(entry, await fingerprint(entry.file));
    if (entry.sentBefore) return update(entry, { state: 'done', sentBytes: entry.file.size });
    const refusal = await checkFile(entry.file);
    if (refusal) throw new UploadRefused('CHECKED', refusal);
    entry.checked = true;
    update(entry, { state: allPaused ? 'paused' : 'waiting' });
  };
  /**
   * A file is known by its bytes too: one that only looks like what was interrupted begins anew, and gives it up to the
   * right one.
   */
  const recognise = (entry: Entry, mark: string) => {
    if (!isListed(entry)) return;
    const kept = memory.all();
    const own = kept.find(({ id }) => id === entry.memoryId);
    if (own?.fingerprint !== mark) {
      const all = [...entries.values()];
      const sure = new Set(all.filter(({ recognised }) => recognised).map(({ memoryId }) => memoryId));
      const alike = kept.filter((of) => of.fingerprint === mark);
      const right = findRemembered(alike, { file: entry.file, ...entry.droppedFor }, sure);
      const holder = all.find(({ memoryId }) => memoryId === right?.id);
      if (holder) beginAnew(holder);
      if (right && own && isNew(own)) memory.forget([own.id]);
      if (right) know(entry, right);
      else if (own?.fingerprint !== undefined) beginAnew(entry);
    }
    entry.recognised = true;
    memory.change(entry.memoryId, { fingerprint: mark });
  };
  const beginAnew = (entry: Entry) => {
    const known = remembered(entry.file, entry.droppedFor);
    know(entry, known);
    memory.add([known]);
  };
  const know = (entry: Entry, known: Remembered) => {
    Object.assign(entry, standOf(known));
    update(entry, { lineId: known.lineId });
  };
  const send = async (entry: Entry, signal: AbortSignal) => {
    const { file, place } = entry;
    let first = true;
    update(entry, { state: 'sending' });
    const artworkId = await runUpload(calls, {
      file,
      signal,
      uploadId: entry.uploadId,
      facts: { name: file.name, sizeBytes: file.size, ...place },
      onBegun(uploadId) {
        entry.uploadId = uploadId;
        if (isListed(entry)) memory.change(entry.memoryId, { uploadId });
        else giveUp(entry);
      },
      onSent(bytes) {
        if (signal.aborted) return;
        if (!first) rate.add(Math.max(0, bytes - entry.item.sentBytes));
        first = false;
        if (bytes > entry.mostSent) {
          entry.mostSent = bytes;
          entry.hindered = 0;
          line.held();
        }
        update(entry, { sentBytes: bytes });
      },
      onFinishing: () => update(entry, { state: 'finishing', sentBytes: file.size }),
    });
    memory.change(entry.memoryId, { done: true });
    line.held();
    update(entry, { state: 'done', sentBytes: file.size });
    onAdded?.(artworkId);
  };

  /** What an error means for a file. */
  const explain = async (entry: Entry, error: unknown) => {
    const refuse = (sentence: string) => {
      memory.forget([entry.memoryId]);
      entry.uploadId = undefined;
      update(entry, { state: 'refused', sentence });
    };
    if (error instanceof UploadRefused) return refuse(error.message);
    if (!(await isReadable(entry.file)))
      return refuse('This can no longer be read: it was changed, moved or is a folder. Choose the file again.');
    if (error instanceof UploadLost) {
      giveUp(entry);
      memory.change(entry.memoryId, { uploadId: undefined });
    }
    if (error instanceof UploadHindered && ++entry.hindered >= MOST_HINDERED)
      return update(entry, { state: 'failed', sentence: error.message });
    update(entry, {
      state: allPaused ? 'paused' : 'offline',
      sentence: error instanceof UploadHindered ? error.message : undefined,
    });
    line.broke();
  };
  const giveUp = (entry: Entry) => {
    if (entry.uploadId) abandon(entry.uploadId);
    entry.uploadId = undefined;
  };
  const abandon = (uploadId: string) => void calls.abandon(uploadId).catch(() => {}); // the server gives it up by itself in a few days
  const change = (key: string | undefined, from: readonly UploadState[], to: (entry: Entry) => UploadState) => {
    for (const entry of key === undefined ? [...entries.values()] : [entries.get(key)]) {
      if (!entry || !from.includes(entry.item.state)) continue;
      update(entry, { state: to(entry), sentence: undefined });
      entry.hindered = 0;
    }
  };

  return {
    add(files, place = {}) {
      allPaused &&= [...entries.values()].some(({ item }) => !isOver(item.state));
      const [kept, own, added] = [memory.all(), taken(), [] as Remembered[]];
      for (const file of files) {
        const key = `${++count}`;
        const before = findRemembered(kept, { file, ...place }, own);
        const known = before ?? remembered(file, place);
        own.add(known.id);
        if (!before) added.push(known);
        const { name, size: sizeBytes } = file;
        const item: UploadItem = { key, name, sizeBytes, lineId: known.lineId, sentBytes: 0, state: 'checking' };
        const fresh = { recognised: false, work: undefined, checked: false, hindered: 0, mostSent: 0 };
        entries.set(key, { item, file, droppedFor: place, ...standOf(known), ...fresh });
      }
      memory.add(added);
      changed();
      callNext();
    },
    pause(key) {
      if (key === undefined) allPaused = true;
      change(key, ['waiting', 'sending', 'offline'], () => 'paused');
      for (const { item, work: current } of entries.values())
        if (item.state === 'paused') current?.stop.abort(new Error('paused'));
      rate.reset();
    },
    resume(key) {
      if (key === undefined) allPaused = false;
      change(key, ['paused'], ready);
      callNext();
    },
    retry(key) {
      change(key, ['failed'], ready);
      callNext();
    },
    drop(key) {
      const entry = entries.get(key);
      if (!entry || entry.item.state === 'finishing') return;
      entries.delete(key);
      entry.work?.stop.abort(new Error('dropped'));
      if (entry.item.state !== 'done') {
        memory.forget([entry.memoryId]);
        giveUp(entry);
      }
      changed();
      callNext();
    },
    clearEnded() {
      for (const [key, { item }] of entries) if (isOver(item.state)) entries.delete(key);
      changed();
    },
    interrupted() {
      const own = taken();
      return memory.all().filter(({ id, done }) => !done && !own.has(id));
    },
    forgetInterrupted() {
      const interrupted = this.interrupted();
      memory.forget(interrupted.map(({ id }) => id));
      for (const { uploadId } of interrupted) if (uploadId) abandon(uploadId);
      changed();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    now: () => snapshot,
  };
}

/** What is to be remembered of a file that is new here. */
const remembered = ({ name, size, lastModified }: File, { lineId, replacesId }: Place): Remembered => ({
  id: `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`,
  name,
  sizeBytes: size,
  modifiedAt: lastModified,
  lineId,
  replacesId,
  addedAt: Date.now(),
});

/** Nothing of it was begun yet. */
const isNew = ({ uploadId, done, fingerprint }: Remembered): boolean =>
  uploadId === undefined && !done && fingerprint === undefined;

/** How far a file is, by what is remembered of it. */
const standOf = ({ id, lineId, replacesId, uploadId, done = false }: Remembered) => ({
  memoryId: id,
  place: { lineId, replacesId },
  uploadId,
  sentBefore: done,
});

/** A file that was deleted, moved or changed since it was chosen cannot be read any more; nor can a folder. */
const isReadable = (file: File): Promise<boolean> =>
  file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
