/** A file that a reload interrupts, in line or on its way: enough to know it again when it is dropped once more. */
export type Remembered = {
  id: string;
  name: string;
  sizeBytes: number;
  modifiedAt: number;
  /** Of its bytes, see fingerprint.ts. None before they were looked at, and of what an earlier release remembered. */
  fingerprint?: string | undefined;
  lineId?: string | undefined;
  replacesId?: string | undefined;
  /** None before it was begun. */
  uploadId?: string | undefined;
  /** Sent. Kept as long as others of its time are not, so that it is not sent twice when all are dropped again. */
  done?: boolean | undefined;
  /** When it was dropped, in ms since 1970. */
  addedAt: number;
};

export type UploadMemory = {
  all: () => Remembered[];
  add: (files: readonly Remembered[]) => void;
  change: (id: string, change: Partial<Pick<Remembered, 'uploadId' | 'done' | 'fingerprint'>>) => void;
  forget: (ids: readonly string[]) => void;
};

/** The server gives an upload up after three days; a little before, nobody is told to go on with it. In ms. */
const KEPT_MS = 70 * 60 * 60 * 1000;

/** Kept in this browser under `scope`, e.g. an order. A browser that keeps nothing only loses the resuming. */
export function rememberUploads(
  scope: string,
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): UploadMemory {
  const key = `uploads:${scope}`;
  const read = (): Remembered[] => {
    try {
      const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]');
      return Array.isArray(kept) ? (kept as Remembered[]).filter(({ addedAt }) => Date.now() - addedAt < KEPT_MS) : [];
    } catch {
      return []; // damaged, or not ours
    }
  };
  const write = (files: Remembered[]) => {
    try {
      if (files.every(({ done }) => done)) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(files));
    } catch {
      // full, or forbidden
    }
  };
  return {
    all: read,
    add: (files) => write([...read(), ...files]),
    change: (id, change) => write(read().map((kept) => (kept.id === id ? { ...kept, ...change } : kept))),
    forget: (ids) => write(read().filter(({ id }) => !ids.includes(id))),
  };
}

type Dropped = {
  file: Pick<File, 'name' | 'size' | 'lastModified'>;
  lineId?: string | undefined;
  replacesId?: string | undefined;
};

/**
 * What a dropped file was before the page was loaded: the same file, for the same place, or dropped now for none in
 * particular. `taken` are the ids of those that were found already: the same file dropped twice is two files.
 */
export function findRemembered(
  kept: readonly Remembered[],
  { file, lineId, replacesId }: Dropped,
  taken: ReadonlySet<string>,
): Remembered | undefined {
  return kept.find(
    ({ id, ...of }) =>
      of.name === file.name &&
      of.sizeBytes === file.size &&
      of.modifiedAt === file.lastModified &&
      !taken.has(id) &&
      (lineId === undefined || of.lineId === lineId) &&
      of.replacesId === replacesId,
  );
}
