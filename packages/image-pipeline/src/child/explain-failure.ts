import { ImageRefused, type ImageRefusalCode } from '../image-refused.ts';

export type Explained =
  | { kind: 'refused'; code: ImageRefusalCode; sentence: string; detail: string }
  | { kind: 'failed'; message: string };

/**
 * Errors of the file system are ours (a full disk, a file that is gone); everything a decoder says is the picture's.
 */
export function explainFailure(error: unknown): Explained {
  if (error instanceof ImageRefused)
    return { kind: 'refused', code: error.code, sentence: error.sentence, detail: error.sentence };
  const { message, code } = error as Error & { code?: string };
  if (code !== undefined && /^E[A-Z]+$/.test(code)) return { kind: 'failed', message: `${code}: ${message}` };
  if (/pixel limit/i.test(message))
    return {
      kind: 'refused',
      code: 'TOO_MANY_PIXELS',
      sentence: 'This picture has more pixels than its header says.',
      detail: message,
    };
  if (/unsupported image format|is not a known|operation is blocked/i.test(message)) {
    return {
      kind: 'refused',
      code: 'UNSUPPORTED_FORMAT',
      sentence: 'This is no picture of a kind that is worked on.',
      detail: message,
    };
  }
  return {
    kind: 'refused',
    code: 'BROKEN_IMAGE',
    sentence: 'This picture is damaged: a part of it cannot be read.',
    detail: message,
  };
}
