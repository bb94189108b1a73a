/** An upload that a reload interrupts: enough to know the file again when it is dropped once more. */
export type Remembered = { uploadId: string; name: string; sizeBytes: number; modifiedAt: number; lineId?: string | undefined };

export type UploadMemory = {
  all: () => Remembered[];
  find: (file: File) => Remembered | undefined;
  add: (upload: Remembered) => void;
  forget: (uploadId: string) => void;
};

/** Kept in this browser under `scope`, e.g. an order. A browser that keeps nothing only loses the resuming. */
export function rememberUploads(scope: string, storage: Storage): UploadMemory {
  const key = `uploads:${scope}`;
  const read = (): Remembered[] => {
    try {
      const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]');
      return Array.isArray(kept) ? (kept as Remembered[]) : [];
    } catch {
      return []; // damaged, or not ours
    }
  };
  const write = (uploads: Remembered[]) => {
    try {
      if (uploads.length === 0) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(uploads));
    } catch {
      // full, or forbidden
    }
  };
  return {
    all: read,
    find: (file) => read().find((kept) => kept.name === file.name && kept.sizeBytes === file.size && kept.modifiedAt === file.lastModified),
    add: (upload) => write([...read().filter((kept) => kept.uploadId !== upload.uploadId), upload]),
    forget: (uploadId) => write(read().filter((kept) => kept.uploadId !== uploadId)),
  };
}
