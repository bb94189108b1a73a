import type { Random } from '../../seeded-random.ts';
import { damageRecipes } from '../damage.ts';
import { EXIF_FLAG, joinWebp, PROFILE_FLAG, type RiffChunk, splitWebp, webpCanvas } from '../formats/riff-chunks.ts';
import { writeZip } from '../formats/write-zip.ts';
import { type Made, PLANTED, type Recipe } from '../hostile-file.ts';
import type { SeedPicture, SeedPictures } from '../seed-pictures.ts';

const pick = (random: Random, seeds: SeedPictures): SeedPicture => random.pick(seeds.webp);

export const webp: readonly Recipe[] = [
  {
    mutation: 'none',
    weight: 19,
    make: (random, seeds) => {
      const { bytes, ...shown } = pick(random, seeds);
      return { bytes, detail: `${shown.width}x${shown.height}`, mustBeRefused: false, shown };
    },
  },
  {
    mutation: 'large',
    weight: 0.5,
    make: (random, { large }) => {
      const { bytes, width, height } = random.pick(large.webp);
      return { bytes, detail: `${width}x${height}`, mustBeRefused: undefined };
    },
  },
  {
    mutation: 'many-frames',
    weight: 12,
    make: (random, seeds) => {
      const { bytes } = random.pick(seeds.animatedWebp);
      const chunks = splitWebp(bytes);
      const copies = random.pick([0, 0, 20_000]);
      const frame = chunks.find(({ type }) => type === 'ANMF')!;
      const all = [...chunks, ...Array.from({ length: copies }, () => frame)];
      return { bytes: joinWebp(all), detail: `${all.length} chunks`, mustBeRefused: true };
    },
  },
  ...damageRecipes((random, seeds) => pick(random, seeds).bytes),
  {
    mutation: 'size-lie',
    weight: 18,
    make: (random, seeds) => lieAboutSize(random, splitWebp(pick(random, seeds).bytes)),
  },
  {
    mutation: 'absurd-length',
    weight: 14,
    make: (random, seeds) => lieAboutLength(random, splitWebp(pick(random, seeds).bytes)),
  },
  { mutation: 'giant-metadata', weight: 5, make: (random, seeds) => bloat(random, pick(random, seeds)) },
  {
    mutation: 'polyglot',
    weight: 5,
    make: (random, seeds) => {
      const zip = writeZip('payload.html', Buffer.from(`<script>"${PLANTED}"</script>`));
      return { bytes: Buffer.concat([pick(random, seeds).bytes, zip]), detail: 'ZIP after', mustBeRefused: undefined };
    },
  },
];

const isFrame = ({ type }: RiffChunk): boolean => type === 'VP8 ' || type === 'VP8L';

function lieAboutSize(random: Random, chunks: RiffChunk[]): Made {
  const frames = chunks.filter(isFrame);
  const kind = random.pick(['canvas', 'frame', 'small canvas', 'frame of nothing']);
  if (kind === 'canvas') {
    const side = random.pick([16_384, 2 ** 24]);
    return {
      bytes: joinWebp([webpCanvas(0, side, side), ...frames]),
      detail: `a canvas of ${side}x${side}`,
      mustBeRefused: true,
    };
  }
  if (kind === 'small canvas') {
    return {
      bytes: joinWebp([webpCanvas(0, 1, 1), ...frames]),
      detail: 'a canvas of one pixel',
      mustBeRefused: undefined,
    };
  }
  const side = kind === 'frame' ? 16_383 : 0;
  const changed = frames.map(({ type, body }) => ({ type, body: withSides(type, body, side) }));
  // A lossless picture says its sides less one: it has no way to say nothing, and then says one pixel.
  const lossless = frames[0]!.type === 'VP8L';
  const refused = side > 0 || !lossless ? true : undefined;
  return { bytes: joinWebp(changed), detail: `a frame of ${side}x${side}`, mustBeRefused: refused };
}

/** The frame's own header with other sides: 14 bits each. */
function withSides(type: string, body: Buffer, side: number): Buffer {
  const changed = Buffer.from(body);
  if (type === 'VP8L') changed.writeUInt32LE((Math.max(0, side - 1) * 0x4001) >>> 0, 1);
  else {
    changed.writeUInt16LE(side, 6);
    changed.writeUInt16LE(side, 8);
  }
  return changed;
}

function lieAboutLength(random: Random, chunks: RiffChunk[]): Made {
  const length = random.pick([2 ** 32 - 1, 2 ** 32 - 2, 2 ** 31, 500_000_000]);
  const whole = random.next() < 0.3;
  const frame = chunks.find(isFrame)!;
  const bytes = joinWebp(chunks, whole ? { whole: length } : { chunk: frame.type, length });
  return { bytes, detail: `${whole ? 'the file' : frame.type} says ${length}`, mustBeRefused: true };
}

function bloat(random: Random, { bytes, width, height }: SeedPicture): Made {
  const frames = splitWebp(bytes).filter(isFrame);
  const megabytes = random.pick([2, 12]);
  const profile = random.next() < 0.5;
  const metadata = Buffer.alloc(megabytes * 1_000_000, `${PLANTED} `);
  const canvas = webpCanvas(profile ? PROFILE_FLAG : EXIF_FLAG, width, height);
  const chunks = profile
    ? [canvas, { type: 'ICCP', body: metadata }, ...frames]
    : [canvas, ...frames, { type: 'EXIF', body: metadata }];
  const detail = `${profile ? 'a profile' : 'EXIF'} of ${megabytes} MB`;
  return { bytes: joinWebp(chunks), detail, mustBeRefused: profile && megabytes > 8 ? true : undefined };
}
