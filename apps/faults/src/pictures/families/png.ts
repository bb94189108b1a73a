import { deflateSync } from 'node:zlib';
import type { Random } from '../../seeded-random.ts';
import { damageRecipes, randomBytes } from '../damage.ts';
import { deflateZeros } from '../formats/deflate-zeros.ts';
import {
  joinChunks,
  joinPng,
  PNG_CHANNELS,
  type PngChunk,
  pngChunks,
  type PngColour,
  pngHeader,
  writeChunk,
} from '../formats/write-png.ts';
import { writeZip } from '../formats/write-zip.ts';
import { type Made, PLANTED, type Recipe } from '../hostile-file.ts';
import { makePixels } from '../make-pixels.ts';

export type PngWish = { interlaced: boolean; bits?: 8 | 16 };

const MOST = 2 ** 31 - 1;
const LIES = [
  [65_535, 65_535],
  [MOST, 1],
  [1, MOST],
  [2 ** 32 - 1, 2 ** 32 - 1],
  [0, 5],
  [5, 0],
  [16_000, 16_000],
] as const;

export const png = recipes({ interlaced: false });
export const interlacedPng = recipes({ interlaced: true });

/** A good PNG as chunks, with text about its maker that must not be handed on. */
export function goodPng(
  random: Random,
  { interlaced, bits = 8 }: PngWish,
): { chunks: PngChunk[]; width: number; height: number } {
  const [width, height] = random.pick([
    [220, 160],
    [160, 300],
    [61, 97],
    [1, 1],
    [600, 33],
    [5, 3],
  ] as const);
  const colour = random.pick<PngColour>(bits === 16 ? [0, 2, 4, 6] : [0, 2, 3, 4, 6]);
  const pixels = makePixels(random, { width, height, channels: PNG_CHANNELS[colour], bits });
  const [header, ...rest] = pngChunks({ width, height, bits, colour, interlaced, pixels });
  return { chunks: [header!, { type: 'tEXt', body: Buffer.from(`Author\0${PLANTED}`) }, ...rest], width, height };
}

function recipes({ interlaced }: { interlaced: boolean }): Recipe[] {
  const chunksOf = (random: Random) => goodPng(random, { interlaced }).chunks;
  const whole = (random: Random, bits: 8 | 16): Made => {
    const { chunks, ...shown } = goodPng(random, { interlaced, bits });
    return { bytes: joinPng(chunks), detail: `${shown.width}x${shown.height}`, mustBeRefused: false, shown };
  };
  return [
    { mutation: 'none', weight: 14, make: (random) => whole(random, 8) },
    { mutation: 'sixteen-bit', weight: 5, make: (random) => whole(random, 16) },
    {
      mutation: 'large',
      weight: 0.5,
      make: (random, { large }) => {
        const { bytes, width, height } = random.pick(interlaced ? large.interlaced : large.png);
        return { bytes, detail: `${width}x${height}`, mustBeRefused: undefined };
      },
    },
    ...damageRecipes((random) => joinPng(chunksOf(random))),
    {
      mutation: 'size-lie',
      weight: 18,
      make: (random, { oneBitPng }) => lieAboutSize(random, chunksOf(random), oneBitPng.bytes),
    },
    { mutation: 'absurd-length', weight: 14, make: (random) => lieAboutLength(random, chunksOf(random)) },
    { mutation: 'giant-metadata', weight: 5, make: (random) => bloat(random, chunksOf(random)) },
    { mutation: 'wrong-checksum', weight: 6, make: (random) => spoilChecksum(random, chunksOf(random)) },
    {
      mutation: 'polyglot',
      weight: 5,
      make: (random) => {
        const zip = writeZip('payload.html', Buffer.from(`<script>"${PLANTED}"</script>`));
        return {
          bytes: Buffer.concat([joinPng(chunksOf(random)), zip]),
          detail: 'ZIP after',
          mustBeRefused: undefined,
        };
      },
    },
  ];
}

function lieAboutSize(random: Random, [header, ...rest]: PngChunk[], oneBitPng: Buffer): Made {
  const withHeader = (body: Buffer) => joinPng([{ type: 'IHDR', body }, ...rest]);
  const [bits, colour] = [header!.body[8]!, header!.body[9]!];
  const kind = random.pick(['far', 'far', 'one bit', 'small', 'no such depth', 'endless rows']);
  if (kind === 'one bit') return { bytes: oneBitPng, detail: '16000x16000, 1 bit, all there', mustBeRefused: true };
  if (kind === 'small') {
    const bytes = withHeader(pngHeader({ width: 1, height: 1, bits, colour }));
    return { bytes, detail: 'one pixel', mustBeRefused: undefined, hidden: true };
  }
  if (kind === 'no such depth') {
    const [badBits, badColour] = random.pick([
      [3, 0],
      [16, 3],
      [8, 5],
      [8, 7],
      [0, 2],
    ] as const);
    const body = pngHeader({ width: 50, height: 50, bits: badBits, colour: badColour });
    return { bytes: withHeader(body), detail: `${badBits} bits of colour type ${badColour}`, mustBeRefused: true };
  }
  if (kind === 'endless rows') {
    const endless = { type: 'IDAT', body: deflateZeros(32 * 2 ** 20) };
    const bytes = joinPng([
      { type: 'IHDR', body: pngHeader({ width: 4, height: 4, bits: 8, colour: 2 }) },
      endless,
      rest.at(-1)!,
    ]);
    return { bytes, detail: '32 MB of rows for 4x4', mustBeRefused: undefined, hidden: true };
  }
  const [width, height] = random.pick(LIES);
  return {
    bytes: withHeader(pngHeader({ width, height, bits, colour })),
    detail: `${width}x${height}`,
    mustBeRefused: true,
  };
}

function lieAboutLength(random: Random, chunks: PngChunk[]): Made {
  const at = random.between(0, chunks.length - 1);
  const length = random.pick([2 ** 32 - 1, 2 ** 31 - 1, 2 ** 32 - 12, 100_000_000]);
  const bytes = joinChunks(chunks.map((chunk, i) => writeChunk(chunk, i === at ? { length } : {})));
  // After the end chunk nothing is read: what length it claims need not be noticed.
  const last = at === chunks.length - 1;
  return { bytes, detail: `${chunks[at]!.type} says ${length}`, mustBeRefused: last ? undefined : true };
}

function bloat(random: Random, [header, ...rest]: PngChunk[]): Made {
  const kind = random.pick(['iTXt', 'eXIf', 'iCCP', 'packed iCCP', 'packed zTXt', 'thousands']);
  const megabytes = random.pick([2, 12]);
  const blanks = Buffer.alloc(megabytes * 1_000_000, 0x20);
  const noise = () => randomBytes(random, blanks.length);
  const bomb = () => Buffer.concat([Buffer.from('x\0\0'), deflateZeros(64 * 2 ** 20)]);
  const added: PngChunk[] = {
    iTXt: () => [{ type: 'iTXt', body: Buffer.concat([Buffer.from(`Comment\0\0\0\0\0${PLANTED}`), blanks]) }],
    eXIf: () => [{ type: 'eXIf', body: Buffer.concat([Buffer.from(`MM\0*${PLANTED}`), blanks]) }],
    iCCP: () => [{ type: 'iCCP', body: Buffer.concat([Buffer.from('x\0\0'), deflateSync(noise(), { level: 0 })]) }],
    'packed iCCP': () => [{ type: 'iCCP', body: bomb() }],
    'packed zTXt': () => [{ type: 'zTXt', body: bomb() }],
    thousands: () => Array.from({ length: 20_000 }, () => ({ type: 'tEXt', body: Buffer.from('a\0b') })),
  }[kind as 'iTXt']();
  const bytes = joinPng([header!, ...added, ...rest]);
  const refused = kind === 'iCCP' && megabytes > 8 ? true : undefined;
  return { bytes, detail: `${kind}, ${bytes.length} bytes`, mustBeRefused: refused, ...(!refused && { hidden: true }) };
}

function spoilChecksum(random: Random, chunks: PngChunk[]): Made {
  const at = random.between(0, chunks.length - 1);
  const bytes = joinChunks(
    chunks.map((chunk, i) => writeChunk(chunk, i === at ? { checksumOff: random.between(1, 2 ** 31) } : {})),
  );
  return { bytes, detail: chunks[at]!.type, mustBeRefused: undefined, hidden: true };
}
