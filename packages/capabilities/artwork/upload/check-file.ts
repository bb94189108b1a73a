import { isImageKind, isKeptKind } from '@windlass/image-pipeline/file-kind';
import { ImageRefused } from '@windlass/image-pipeline/image-refused';
import { inspectImage } from '@windlass/image-pipeline/inspect-image';
import { recogniseKind } from '@windlass/image-pipeline/recognise-kind';
import { MOST_BYTES } from '../contract.ts';
import { hintFor, whyNotTaken } from '../rules.ts';

/**
 * Looks at a file before a byte of it is sent, as the server will afterwards. Answers why it would be refused;
 * undefined: it may go. Throws what reading the file throws.
 */
export async function checkFile(file: File): Promise<string | undefined> {
  if (file.size > MOST_BYTES) return 'A file may have at most 512 MB. Save it smaller, or ask the shop how to send it.';
  const source = {
    size: file.size,
    read: async (start: number, length: number) =>
      new Uint8Array(await file.slice(start, start + length).arrayBuffer()),
  };
  const kind = await recogniseKind(source, file.name);
  if (isKeptKind(kind)) return undefined;
  if (!isImageKind(kind)) {
    const { sentence, hint } = whyNotTaken(kind);
    return `${sentence} ${hint}`;
  }
  try {
    await inspectImage(source);
    return undefined;
  } catch (error) {
    if (error instanceof ImageRefused) return `${error.sentence} ${hintFor(error.code)}`;
    throw error;
  }
}
