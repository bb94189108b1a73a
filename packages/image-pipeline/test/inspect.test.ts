import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { ImageRefused } from '../src/image-refused.ts';
import { inspectImage } from '../src/inspect-image.ts';
import { recogniseKind } from '../src/recognise-kind.ts';
import { jpegOf, pngOf, tiffOf, webpOf } from './make-headers.ts';
import { sourceOf } from './make-pictures.ts';

const noise = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 30 } },
  });
const inspect = (bytes: Uint8Array) => inspectImage(sourceOf(bytes));
const refusal = (bytes: Uint8Array) =>
  inspect(bytes).then(
    () => 'taken',
    (error: unknown) => (error instanceof ImageRefused ? error.code : error),
  );

test.each(['jpeg', 'png', 'webp', 'avif', 'tiff'] as const)(
  '%s is measured by its header, reading a little of it',
  async (format) => {
    const bytes = await noise(640, 480).toFormat(format).toBuffer();
    const source = sourceOf(bytes);
    expect(await inspectImage(source)).toMatchObject({
      kind: format,
      width: 640,
      height: 480,
      pixels: 307_200,
      bytes: bytes.length,
      orientation: 1,
    });
    expect(source.readBytes()).toBeLessThan(300_000);
  },
);

test('what must be held whole is known: progressive, interlaced, lossless WebP, AVIF', async () => {
  const held = async (bytes: Buffer) => (await inspect(bytes)).heldWhole;
  expect(await held(await noise(60, 40).jpeg({ progressive: true }).toBuffer())).toBe(true);
  expect(await held(await noise(60, 40).jpeg({ progressive: false }).toBuffer())).toBe(false);
  expect(await held(await noise(60, 40).png({ progressive: true }).toBuffer())).toBe(true);
  expect(await held(await noise(60, 40).png().toBuffer())).toBe(false);
  expect(await held(await noise(60, 40).webp({ lossless: true }).toBuffer())).toBe(true);
  expect(await held(await noise(60, 40).webp().toBuffer())).toBe(false);
});

test('a photo held sideways is measured upright, in every format that can say so', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'tiff'] as const) {
    const bytes = await noise(300, 100).withMetadata({ orientation: 6 }).toFormat(format).toBuffer();
    expect(await inspect(bytes), format).toMatchObject({ width: 100, height: 300, orientation: 6 });
  }
});

test('half a file is broken, whichever format', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'avif', 'tiff'] as const) {
    const bytes = await noise(600, 400).toFormat(format).toBuffer();
    expect(await refusal(bytes.subarray(0, bytes.length / 2)), format).toBe('BROKEN_IMAGE');
  }
});

test('a photo with a film behind it is a photo, and one without its end is broken', async () => {
  const photo = await noise(600, 400).jpeg().toBuffer();
  const film = Buffer.alloc(700_000, 0x33);
  expect(await refusal(Buffer.concat([photo, film]))).toBe('taken');
  expect(await refusal(Buffer.concat([photo.subarray(0, photo.length - 2), film]))).toBe('BROKEN_IMAGE');
  const small = await noise(60, 40).toFormat('avif').toBuffer();
  expect(await refusal(Buffer.concat([small, film]))).toBe('taken');
});

test('an animation is refused for its frames, a large one after a glance', async () => {
  const frames = await sharp(await noise(20, 40).png().toBuffer()).toBuffer();
  const animated = await sharp(frames, { pages: -1 }).webp({ loop: 0 }).toBuffer();
  expect(await refusal(animated)).toBe('taken');
  const many = webpOf(20_000);
  const source = sourceOf(many);
  await expect(inspectImage(source)).rejects.toMatchObject({ code: 'TOO_MANY_FRAMES' });
  expect(source.readBytes()).toBeLessThan(100_000);
});

test('pixels beyond the limits are refused with the figures: less of them where the picture must be held whole', async () => {
  await expect(inspect(pngOf(16_000, 16_000))).rejects.toMatchObject({
    code: 'TOO_MANY_PIXELS',
    sentence: 'This picture has 256 megapixels; at most 100 are worked on.',
  });
  expect(await refusal(pngOf(10_000, 9_000))).toBe('taken');
  await expect(inspect(pngOf(9_900, 9_900, { interlaced: true, bits: 8, colour: 6 }))).rejects.toMatchObject({
    code: 'TOO_MANY_PIXELS',
    sentence: expect.stringContaining('of a picture saved this way'),
  });
  expect(await refusal(pngOf(70_000, 1))).toBe('TOO_MANY_PIXELS');
  expect(await refusal(pngOf(0, 10))).toBe('BROKEN_IMAGE');
  expect(await refusal(pngOf(10, 10, { text: 5_000_000 }))).toBe('PROFILE_TOO_LARGE');
  expect(await refusal(pngOf(10, 10, { bits: 3 }))).toBe('BROKEN_IMAGE');
});

test('a JPEG whose colours come in scans of their own is held whole, and limited by how fine they are', async () => {
  const inspected = (wish: Parameters<typeof jpegOf>[0]) => inspect(jpegOf(wish));
  expect(await inspected({ side: 9000 })).toMatchObject({ heldWhole: false, pixels: 81_000_000 });
  expect(await inspected({ side: 5000, channelsOfScan: 1 })).toMatchObject({ heldWhole: true });
  expect(await inspected({ side: 7000, marker: 0xc2, sampling: 0x22 })).toMatchObject({ heldWhole: true });
  expect(await refusal(jpegOf({ side: 7000, marker: 0xc2, sampling: 0x11 }))).toBe('TOO_MANY_PIXELS');
  expect(await refusal(jpegOf({ side: 7000, channelsOfScan: 1, sampling: 0x11 }))).toBe('TOO_MANY_PIXELS');
  expect(await refusal(jpegOf({ side: 100, marker: 0xc3 }))).toBe('UNSUPPORTED_FORMAT');
  expect(await refusal(jpegOf({ side: 100, sampling: 0x01 }))).toBe('BROKEN_IMAGE');
});

test('a TIFF with tiles so large that a row of them fills the memory is refused, one with common tiles is not', async () => {
  expect(await inspect(tiffOf({ side: 9_900, tile: 256 }))).toMatchObject({ heldWhole: false, pixels: 98_010_000 });
  expect(await refusal(tiffOf({ side: 9_900, tile: 4_096 }))).toBe('TOO_MANY_PIXELS');
  expect(await refusal(tiffOf({ side: 64, tile: 16_384 }))).toBe('BROKEN_IMAGE');
});

test('however a file strews its parts, its reader asks for 500 pieces at most', async () => {
  const strewn = [
    pngOf(10, 10, { chunks: 1_500, text: 20_000 }),
    tiffOf({ side: 64, pages: 60, entries: 900 }),
    webpOf(400, 20_000),
    jpegOf({ side: 100, segments: 390 }),
  ];
  for (const bytes of strewn) {
    const source = sourceOf(bytes);
    await inspectImage(source).catch((error: unknown) => expect(error).toBeInstanceOf(ImageRefused));
    expect(source.reads()).toBeLessThanOrEqual(501);
  }
  const source = sourceOf(tiffOf({ side: 64, pages: 3, entries: 900 }));
  await expect(inspectImage(source)).rejects.toMatchObject({ code: 'TOO_MANY_FRAMES' });
  expect(source.reads()).toBeLessThan(20);
});

test('a TIFF of colours or depths that decoders read each in their own way is told as such; a fourth channel is transparency only where it says so', async () => {
  const inspect = (wish: Parameters<typeof tiffOf>[0]) => inspectImage(sourceOf(tiffOf(wish)));
  for (const colours of [8, 9, 10])
    await expect(inspect({ side: 16, colours })).rejects.toMatchObject({
      code: 'UNSUPPORTED_FORMAT',
      sentence: expect.stringContaining('Lab'),
    });
  for (const bits of [32, 64])
    await expect(inspect({ side: 16, bits })).rejects.toMatchObject({
      code: 'UNSUPPORTED_FORMAT',
      sentence: expect.stringContaining(`${bits} bits`),
    });
  const alphas = await Promise.all([0, 1, 2].map(async (extra) => (await inspect({ side: 16, extra })).alpha));
  expect(alphas).toEqual([false, true, true]);
});

/** What this thread has worked so far, in ms: a busy machine is slow, not wrong. */
const worked = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

test('comments without end do not keep the reader busy', async () => {
  const begun = worked();
  for (const text of [
    '<!---->'.repeat(500) + 'x',
    '<!--'.repeat(900),
    '<?xml '.repeat(600),
    ' '.repeat(4000) + '<svg>',
  ])
    await recogniseKind(sourceOf(Buffer.from(text)));
  expect(worked() - begun).toBeLessThan(500);
});

test('any bytes whatever, and any damage to a good header, end in a refusal or a measure, and soon', async () => {
  const good = await Promise.all(
    (['jpeg', 'png', 'webp', 'avif', 'tiff'] as const).map((format) =>
      noise(64, 48).withMetadata({ orientation: 3 }).toFormat(format).toBuffer(),
    ),
  );
  const damaged = fc
    .tuple(
      fc.constantFrom(...good),
      fc.array(
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.integer({ min: 0, max: 255 })),
        { maxLength: 12 },
      ),
      fc.double({ min: 0.02, max: 1, noNaN: true }),
    )
    .map(([bytes, changes, keep]) => {
      const copy = Buffer.from(bytes.subarray(0, Math.ceil(bytes.length * keep)));
      // Most of the damage where headers are.
      for (const [where, value] of changes) copy[Math.floor(where ** 3 * copy.length)] = value;
      return copy;
    });
  const headed = fc
    .tuple(
      fc.constantFrom(
        '\xff\xd8\xff',
        '\x89PNG\r\n\x1a\n',
        'RIFF\xff\xff\0\0WEBP',
        '\0\0\0\x18ftypavif',
        'II*\0',
        'MM\0*',
      ),
      fc.uint8Array({ maxLength: 400 }),
    )
    .map(([head, rest]) => Buffer.concat([Buffer.from(head, 'latin1'), rest]));
  await fc.assert(
    fc.asyncProperty(fc.oneof(damaged, headed), async (bytes) => {
      const begun = worked();
      const answer = await refusal(bytes);
      expect(typeof answer, String(answer)).toBe('string');
      expect(worked() - begun).toBeLessThan(1_000);
    }),
    { numRuns: 3_000, seed: 7 },
  );
});
