/** Why a picture was not taken; each has one remedy, which the caller knows best. */
export type ImageRefusalCode =
  | 'EMPTY_FILE'
  | 'NOT_AN_IMAGE'
  | 'UNSUPPORTED_FORMAT'
  | 'TOO_MANY_PIXELS'
  | 'TOO_MANY_FRAMES'
  | 'PROFILE_TOO_LARGE'
  | 'BROKEN_IMAGE'
  | 'NOTHING_TO_PRINT'
  | 'TOO_SLOW'
  | 'TOO_MUCH_MEMORY';

/** A picture that is not worked on. `sentence` may be shown to anybody; it names figures and limits, never a path. */
export class ImageRefused extends Error {
  readonly code: ImageRefusalCode;
  readonly sentence: string;

  constructor(code: ImageRefusalCode, sentence: string, cause?: unknown) {
    super(`${code}: ${sentence}`, { cause });
    this.name = 'ImageRefused';
    this.code = code;
    this.sentence = sentence;
  }
}
