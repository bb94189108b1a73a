import type { RawPicture } from './raw-picture.ts';

/**
 * A light grey of the drawing becomes the colour itself; darker greys fall faster than they are, or no fold would be
 * seen on black.
 */
const LIGHT = 236;
const DEPTH = 2.2;

/** Dyes a grey drawing: each of its greys becomes a shade of the colour, `#rrggbb`. What is transparent stays so. */
export function tintPicture({ data, info }: RawPicture, colour: string): RawPicture {
  const target = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const shades = target.map((value) =>
    Uint8Array.from({ length: 256 }, (_, grey) => Math.min(255, Math.round(value * (grey / LIGHT) ** DEPTH))),
  );
  const dyed = Buffer.from(data);
  for (let at = 0; at < dyed.length; at += info.channels) {
    for (let channel = 0; channel < 3; channel += 1) dyed[at + channel] = shades[channel]![dyed[at + channel]!]!;
  }
  return { data: dyed, info };
}
