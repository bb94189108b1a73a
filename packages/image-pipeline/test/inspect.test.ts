import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { ImageRefused } from '../src/image-refused.ts';
import { inspectImage } from '../src/inspect-image.ts';
import { recogniseKind } from '../src/recognise-kind.ts';
import { sourceOf } from './make-pictures.ts';

const noise = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 30 } } });
const inspect = (bytes: Uint8Array) => inspectImage(sourceOf(bytes));
const refusal = (bytes: Uint8Array) => inspect(bytes).then(() => 'taken', (error: unknown) => (error instanceof ImageRefused ? error.code : error));

test.each(['jpeg', 'png', 'webp', 'avif', 'tiff'] as const)('%s is measured by its header, reading a little of it', async (format) => {
  const bytes = await noise(640, 480).toFormat(format).toBuffer();
  const source = sourceOf(bytes);
  expect(await inspectImage(source)).toMatchObject({ kind: format, width: 640, height: 480, pixels: 307_200, bytes: bytes.length, orientation: 1 });
  expect(source.readBytes()).toBeLessThan(300_000);
});

test('what must be held whole is known: progressive, interlaced, WebP, AVIF', async () => {
  const held = async (bytes: Buffer) => (await inspect(bytes)).heldWhole;
  expect(await held(await noise(60, 40).jpeg({ progressive: true }).toBuffer())).toBe(true);
  expect(await held(await noise(60, 40).jpeg({ progressive: false }).toBuffer())).toBe(false);
  expect(await held(await noise(60, 40).png({ progressive: true }).toBuffer())).toBe(true);
  expect(await held(await noise(60, 40).png().toBuffer())).toBe(false);
  expect(await held(await noise(60, 40).webp().toBuffer())).toBe(true);
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
  await expect(inspect(pngOf(16_000, 16_000))).rejects.toMatchObject({ code: 'TOO_MANY_PIXELS', sentence: 'This picture has 256 megapixels; at most 100 are worked on.' });
  expect(await refusal(pngOf(10_000, 9_000))).toBe('taken');
  await expect(inspect(pngOf(9_900, 9_900, { interlaced: true, bits: 8, colour: 6 }))).rejects.toMatchObject({ code: 'TOO_MANY_PIXELS', sentence: expect.stringContaining('of a picture saved this way') });
  expect(await refusal(pngOf(70_000, 1))).toBe('TOO_MANY_PIXELS');
  expect(await refusal(pngOf(0, 10))).toBe('BROKEN_IMAGE');
  expect(await refusal(pngOf(10, 10, { text: 5_000_000 }))).toBe('PROFILE_TOO_LARGE');
  expect(await refusal(pngOf(10, 10, { bits: 3 }))).toBe('BROKEN_IMAGE');
});

test('a file is what its bytes say, whatever it is called', async () => {
  const kind = (text: string, name?: string) => recogniseKind(sourceOf(Buffer.from(text, 'latin1')), name);
  expect(await kind('<!doctype html><p>', 'photo.jpg')).toBe('html');
  expect(await kind('%PDF-1.7', 'a.png')).toBe('pdf');
  expect(await kind('%PDF-1.7', 'logo.ai')).toBe('ai');
  expect(await kind('<?xml version="1.0"?>\n<!-- made by hand --><!DOCTYPE svg PUBLIC "x" "y"><svg xmlns="x">')).toBe('svg');
  expect(await kind('<!DOCTYPE svg [<!ENTITY a "b">]><svg>')).toBe('unknown');
  expect(await kind('GIF89a')).toBe('gif');
  expect(await kind('')).toBe('empty');
});

test('comments without end do not keep the reader busy', async () => {
  const begun = performance.now();
  for (const text of ['<!---->'.repeat(500) + 'x', '<!--'.repeat(900), '<?xml '.repeat(600), ' '.repeat(4000) + '<svg>']) await recogniseKind(sourceOf(Buffer.from(text)));
  expect(performance.now() - begun).toBeLessThan(500);
});

test('any bytes whatever, and any damage to a good header, end in a refusal or a measure, and soon', async () => {
  const good = await Promise.all((['jpeg', 'png', 'webp', 'avif', 'tiff'] as const).map((format) => noise(64, 48).withMetadata({ orientation: 3 }).toFormat(format).toBuffer()));
  const damaged = fc.tuple(fc.constantFrom(...good), fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }), fc.double({ min: 0.02, max: 1, noNaN: true })).map(([bytes, changes, keep]) => {
    const copy = Buffer.from(bytes.subarray(0, Math.ceil(bytes.length * keep)));
    // Most of the damage where headers are.
    for (const [where, value] of changes) copy[Math.floor(where ** 3 * copy.length)] = value;
    return copy;
  });
  const headed = fc.tuple(fc.constantFrom('\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'RIFF\xff\xff\0\0WEBP', '\0\0\0\x18ftypavif', 'II*\0', 'MM\0*'), fc.uint8Array({ maxLength: 400 })).map(([head, rest]) => Buffer.concat([Buffer.from(head, 'latin1'), rest]));
  await fc.assert(fc.asyncProperty(fc.oneof(damaged, headed), async (bytes) => {
    const begun = performance.now();
    const answer = await refusal(bytes);
    expect(typeof answer, String(answer)).toBe('string');
    expect(performance.now() - begun).toBeLessThan(1_000);
  }), { numRuns: 3_000, seed: 7 });
});

type PngWish = { interlaced?: boolean; text?: number; bits?: number; colour?: number };

function pngOf(width: number, height: number, { interlaced = false, text = 0, bits = 1, colour = 0 }: PngWish = {}): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = bits;
  header[9] = colour;
  header[12] = Number(interlaced);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), ...(text ? [chunk('tEXt', Buffer.alloc(text, 0x61))] : []), chunk('IDAT', deflateSync(Buffer.alloc(100))), chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A WebP that says it has so many frames, none of which holds anything. */
function webpOf(frames: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data]);
  };
  const canvas = Buffer.alloc(10);
  canvas[0] = 2;
  const body = Buffer.concat([Buffer.from('WEBP'), chunk('VP8X', canvas), chunk('ANIM', Buffer.alloc(6)), ...Array.from({ length: frames }, () => chunk('ANMF', Buffer.alloc(16)))]);
  const riff = Buffer.alloc(8);
  riff.write('RIFF');
  riff.writeUInt32LE(body.length, 4);
  return Buffer.concat([riff, body]);
}
