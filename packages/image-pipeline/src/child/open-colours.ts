import type { Sharp } from 'sharp';
import { openPicture } from './guard-sharp.ts';
import { fromPixels, takePixels } from './raw-picture.ts';

/**
 * A picture by its colours. A spare channel is taken off before anything else is done: the decoder takes it for
 * transparency, and a resize would mix black into what it hides. That needs the whole picture at once (PictureHeader's
 * heldBytes counts it).
 */
export async function openColours(
  path: string,
  { pixels, spareChannel }: { pixels: number; spareChannel: boolean },
): Promise<Sharp> {
  const picture = openPicture(path, pixels);
  return spareChannel ? fromPixels(await takePixels(picture.removeAlpha())) : picture;
}
