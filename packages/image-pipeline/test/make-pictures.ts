import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ByteSource } from '../src/byte-source.ts';

export type Folder = { path: string; file: (name: string) => string; remove: () => void };

export function makeFolder(): Folder {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'windlass-pictures-'));
  return {
    path: folder,
    file: (name) => path.join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Bytes in memory as a source; counts what was read of them. */
export function sourceOf(bytes: Uint8Array): ByteSource & { readBytes: () => number; reads: () => number } {
  let read = 0;
  let reads = 0;
  return {
    size: bytes.length,
    async read(start, length) {
      const piece = bytes.subarray(start, start + length);
      read += piece.length;
      reads += 1;
      return piece;
    },
    readBytes: () => read,
    reads: () => reads,
  };
}
