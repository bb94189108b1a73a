import { checkFile } from './check-file.ts';
import type { UploadMemory } from './remember-uploads.ts';
import { sendFile } from './send-file.ts';
import { summariseUploads } from './summarise-uploads.ts';
import { type UploadCalls, UploadRefused } from './upload-calls.ts';
import { isOver, type UploadItem, type UploadsNow, type UploadState } from './upload-item.ts';

/** Files on the line at once: more would only be slower each. */
const AT_ONCE = 3;
/** A broken line is tried again after so long, or as soon as the browser says that it is back. In ms. */
const AGAIN_MS = 3_000;
/** Screens hear of progress so often at most. In ms. */
const TELL_MS = 60;

export type Uploader = {
  add: (files: readonly File[], where?: { lineId?: string | undefined; replacesId?: string | undefined }) => void;
  pauseAll: () => void;
  resumeAll: () => void;
  /** Gives one up, or takes an ended one off the list. */
  drop: (key: string) => void;
  clearEnded: () => void;
  subscribe: (listener: () => void) => () => void;
  now: () => UploadsNow;
};

type Entry = { item: UploadItem; file: File; replacesId?: string | undefined; uploadId?: string | undefined; stop?: AbortController | undefined };

/** Sends any number of files, three at a time: resumed after a pause, a broken line or a reload, each refused one with its reason. */
export function createUploader(calls: UploadCalls, { memory, onAdded }: { memory: UploadMemory; onAdded?: (artworkId: string) => void }): Uploader {
  const entries = new Map<string, Entry>();
  const listeners = new Set<() => void>();
  const rate = { since: 0, bytes: 0 };
  let count = 0;
  let running = 0;
  let paused = false;
  let snapshot: UploadsNow = summariseUploads([], { paused, perSecond: 0 });
  let timer: ReturnType<typeof setTimeout> | undefined;

  const changed = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      const seconds = (performance.now() - rate.since) / 1000;
      snapshot = summariseUploads([...entries.values()].map(({ item }) => item), { paused, perSecond: seconds > 1 ? rate.bytes / seconds : 0 });
      for (const listener of listeners) listener();
    }, TELL_MS);
  };
  const update = (entry: Entry, change: Partial<UploadItem>) => {
    if (change.sentBytes !== undefined) rate.bytes += Math.max(0, change.sentBytes - entry.item.sentBytes);
    entry.item = { ...entry.item, ...change };
    changed();
  };
  const callNext = () => {
    if (paused) return;
    for (const entry of entries.values()) {
      if (running >= AT_ONCE) return;
      if (entry.item.state === 'waiting') void run(entry);
    }
  };

  /** Begins it, or goes on with what an earlier page had begun. */
  const plan = async (entry: Entry) => {
    const known = entry.uploadId ?? memory.find(entry.file)?.uploadId;
    if (known) {
      try {
        return await calls.resume(known);
      } catch (error) {
        if (!(error instanceof UploadRefused)) throw error;
        memory.forget(known); // it has ended: begin anew
      }
    }
    return calls.start({ name: entry.file.name, sizeBytes: entry.file.size, lineId: entry.item.lineId, replacesId: entry.replacesId });
  };
  const send = async (entry: Entry, signal: AbortSignal): Promise<string> => {
    const { file } = entry;
    const way = await plan(entry);
    entry.uploadId = way.uploadId;
    memory.add({ uploadId: way.uploadId, name: file.name, sizeBytes: file.size, modifiedAt: file.lastModified, lineId: entry.item.lineId });
    signal.throwIfAborted();
    update(entry, { state: 'sending' });
    await sendFile(calls, way, { file, signal, onSent: (bytes) => update(entry, { sentBytes: bytes }) });
    update(entry, { state: 'finishing', sentBytes: file.size });
    const { artworkId } = await calls.finish(way.uploadId);
    return artworkId;
  };
  const run = async (entry: Entry) => {
    running += 1;
    if (rate.since === 0) rate.since = performance.now();
    const stop = new AbortController();
    entry.stop = stop;
    update(entry, { state: 'sending' });
    try {
      const refusal = entry.uploadId ? undefined : await checkFile(entry.file);
      if (refusal) throw new UploadRefused('CHECKED', refusal);
      const artworkId = await send(entry, stop.signal);
      memory.forget(entry.uploadId!);
      update(entry, { state: 'done' });
      onAdded?.(artworkId);
    } catch (error) {
      if (stop.signal.aborted) update(entry, { state: paused ? 'paused' : entry.item.state });
      else if (error instanceof UploadRefused) {
        if (entry.uploadId) memory.forget(entry.uploadId);
        update(entry, { state: 'refused', sentence: error.message });
      } else {
        update(entry, { state: 'offline' });
        tryAgain(entry);
      }
    } finally {
      running -= 1;
      entry.stop = undefined;
      callNext();
    }
  };
  const tryAgain = (entry: Entry) => {
    const again = () => {
      clearTimeout(wait);
      globalThis.removeEventListener?.('online', again);
      if (entry.item.state !== 'offline' || !entries.has(entry.item.key)) return;
      update(entry, { state: paused ? 'paused' : 'waiting' });
      callNext();
    };
    const wait = setTimeout(again, AGAIN_MS);
    globalThis.addEventListener?.('online', again);
  };
  const setAll = (from: readonly UploadState[], to: UploadState) => {
    for (const entry of entries.values()) if (from.includes(entry.item.state)) update(entry, { state: to });
  };

  return {
    add(files, where = {}) {
      for (const file of files) {
        const key = `${++count}`;
        entries.set(key, { file, replacesId: where.replacesId, item: { key, name: file.name, sizeBytes: file.size, sentBytes: 0, state: paused ? 'paused' : 'waiting', lineId: where.lineId } });
      }
      changed();
      callNext();
    },
    pauseAll() {
      paused = true;
      setAll(['waiting', 'offline'], 'paused');
      for (const { stop, item } of entries.values()) if (item.state === 'sending') stop?.abort(new Error('paused'));
      changed();
    },
    resumeAll() {
      paused = false;
      rate.since = performance.now();
      rate.bytes = 0;
      setAll(['paused'], 'waiting');
      changed();
      callNext();
    },
    drop(key) {
      const entry = entries.get(key);
      if (!entry || entry.item.state === 'finishing') return;
      entries.delete(key);
      entry.stop?.abort(new Error('dropped'));
      if (entry.uploadId && !isOver(entry.item.state)) {
        memory.forget(entry.uploadId);
        calls.abandon(entry.uploadId).catch(() => {}); // the server gives it up by itself in a few days
      }
      changed();
    },
    clearEnded() {
      for (const [key, { item }] of entries) if (isOver(item.state)) entries.delete(key);
      changed();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    now: () => snapshot,
  };
}
