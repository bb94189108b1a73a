import { ImageRefused } from './image-refused.ts';

/**
 * Bytes that can be read here and there: a file, a stored object, a file in a browser. May give fewer bytes than asked
 * for at its end.
 */
export type ByteSource = { size: number; read: (start: number, length: number) => Promise<Uint8Array> };

/** Exactly so many bytes, or the file is shorter than it says. */
export async function readExactly(source: ByteSource, start: number, length: number): Promise<DataView> {
  const bytes = await source.read(start, length);
  if (bytes.length < length) throw cutOff();
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}

/** As many as there are. */
export async function readUpTo(source: ByteSource, start: number, length: number): Promise<DataView> {
  const bytes = await source.read(start, length);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

export const cutOff = (): ImageRefused =>
  new ImageRefused('BROKEN_IMAGE', 'This picture is cut off: its file ends before the picture does.');
export const broken = (): ImageRefused =>
  new ImageRefused('BROKEN_IMAGE', 'This picture is damaged: its parts do not fit together.');

/** Characters of a name such as "IHDR". */
export const textAt = (view: DataView, at: number, length: number): string =>
  at + length > view.byteLength
    ? ''
    : String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length));
