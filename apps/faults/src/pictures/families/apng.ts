import type { Random } from '../../seeded-random.ts';
import { damageRecipes } from '../damage.ts';
import { uints } from '../formats/iso-boxes.ts';
import { joinPng, type PngChunk, pngHeader } from '../formats/write-png.ts';
import type { Recipe } from '../hostile-file.ts';
import { goodPng } from './png.ts';

const MOVES = { mustBeRefused: true } as const;

/** Frames of an animation are refused, however many; whoever wants a picture sends a picture. */
export const apng: readonly Recipe[] = [
  { mutation: 'none', weight: 14, make: (random) => ({ bytes: animate(random, 3), detail: '3 frames', ...MOVES }) },
  {
    mutation: 'many-frames',
    weight: 20,
    make: (random) => {
      const frames = random.pick([2, 200, 20_000]);
      return { bytes: animate(random, frames), detail: `${frames} frames`, ...MOVES };
    },
  },
  {
    // Animated by its own word, and of one frame or none: either answer is a right one.
    mutation: 'disguise',
    weight: 8,
    make: (random) => {
      const frames = random.pick([0, 1]);
      return { bytes: animate(random, frames), detail: `${frames} frames`, mustBeRefused: undefined };
    },
  },
  {
    mutation: 'size-lie',
    weight: 14,
    make: (random) => {
      const [header, ...rest] = animatedChunks(random, random.pick([1, 3]));
      const body = pngHeader({ width: 65_535, height: 65_535, bits: 8, colour: header!.body[9]! });
      return { bytes: joinPng([{ type: 'IHDR', body }, ...rest]), detail: '65535x65535', ...MOVES };
    },
  },
  {
    mutation: 'absurd-length',
    weight: 10,
    make: (random) => {
      const frames = 2 ** 32 - 1;
      const { chunks } = goodPng(random, { interlaced: false });
      return { bytes: joinPng(announce(chunks, frames)), detail: `${frames} frames announced`, ...MOVES };
    },
  },
  // Harm may fall on the very chunk that says it moves.
  ...damageRecipes((random) => animate(random, 3)),
];

const animate = (random: Random, frames: number): Buffer => joinPng(animatedChunks(random, frames));

function announce([header, ...rest]: PngChunk[], frames: number): PngChunk[] {
  return [header!, { type: 'acTL', body: uints(32, frames, 0) }, ...rest];
}

function animatedChunks(random: Random, frames: number): PngChunk[] {
  const { chunks, width, height } = goodPng(random, { interlaced: false });
  const control = (sequence: number, [x, y]: readonly [number, number]): PngChunk => ({
    type: 'fcTL',
    body: Buffer.concat([uints(32, sequence, x, y, 0, 0), Buffer.from([0, 1, 0, 10, 0, 0])]),
  });
  const [header, ...rest] = announce(chunks, frames);
  const end = rest.pop()!;
  const data = rest.findIndex(({ type }) => type === 'IDAT');
  const more = Array.from({ length: Math.max(0, frames - 1) }, (_, i) => [
    control(1 + 2 * i, [1, 1]),
    { type: 'fdAT', body: Buffer.concat([uints(32, 2 + 2 * i), Buffer.from([0x78, 1, 1, 0, 0, 0xff, 0xff])]) },
  ]).flat();
  return [header!, ...rest.slice(0, data), control(0, [width, height]), ...rest.slice(data), ...more, end];
}
