import type { RawPicture } from './raw-picture.ts';

/** Drawn, not photographed: so few colours, smoothed edges included. */
const MOST_COLOURS = 4_096;
/** And at least this share of its pixels is like the one before. */
const ALIKE = 0.5;

/**
 * Whether a picture is a drawing of few colours in areas: a logo, lettering. Of a photo it knows so after some thousand
 * pixels.
 */
export function isFlat({ data, info }: RawPicture): boolean {
  const { channels } = info;
  if (channels < 3) return false;
  const colours = new Set<number>();
  let before = -1;
  let alike = 0;
  for (let at = 0; at < data.length; at += channels) {
    const colour =
      data[at]! * 0x1000000 + data[at + 1]! * 0x10000 + data[at + 2]! * 0x100 + (channels === 4 ? data[at + 3]! : 0);
    if (colour === before) {
      alike += 1;
      continue;
    }
    before = colour;
    colours.add(colour);
    if (colours.size > MOST_COLOURS) return false;
  }
  return alike >= (data.length / channels) * ALIKE;
}
