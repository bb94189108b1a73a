import type { KeptKind, ImageKind } from '@windlass/image-pipeline/file-kind';
import { isImageKind, isKeptKind } from '@windlass/image-pipeline/file-kind';
import { ImageRefused } from '@windlass/image-pipeline/image-refused';
import { inspectImage } from '@windlass/image-pipeline/inspect-image';
import { recogniseKind } from '@windlass/image-pipeline/recognise-kind';
import type { Storage } from '@windlass/storage/storage';
import { Refusal } from '../../kit/refusal.ts';
import { hintFor, whyNotTaken } from '../rules.ts';
import { openObjectSource } from './object-source.ts';

/**
 * `spareChannel`: it holds a channel beside its colours that is not said to be transparency, and is not shown as such.
 */
export type Inspected = {
  kind: ImageKind | KeptKind;
  width: number | null;
  height: number | null;
  spareChannel: boolean;
};

/**
 * What a file is by its own bytes, and how large a picture: a few short reads, nothing is decoded. Refuses what is no
 * artwork (415) and what cannot be worked on (422), with the sentence the sender sees.
 */
export async function inspectUpload(
  storage: Storage,
  object: { key: string; size: number; name: string },
): Promise<Inspected> {
  const source = openObjectSource(storage, object.key, object.size);
  const kind = await recogniseKind(source, object.name);
  if (isKeptKind(kind)) return { kind, width: null, height: null, spareChannel: false };
  if (!isImageKind(kind)) {
    const { code, sentence, hint } = whyNotTaken(kind);
    throw new Refusal('wrong-type', code, { message: `“${object.name}”: ${sentence} ${hint}` });
  }
  try {
    const { width, height, spareChannel = false } = await inspectImage(source);
    return { kind, width, height, spareChannel };
  } catch (error) {
    if (!(error instanceof ImageRefused)) throw error;
    const wrongType =
      error.code === 'NOT_AN_IMAGE' || error.code === 'UNSUPPORTED_FORMAT' || error.code === 'TOO_MANY_FRAMES';
    throw new Refusal(wrongType ? 'wrong-type' : 'invalid', error.code, {
      message: `${error.sentence} ${hintFor(error.code)}`,
    });
  }
}
