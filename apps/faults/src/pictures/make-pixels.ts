import type { Random } from '../seeded-random.ts';

export type PixelShape = { width: number; height: number; channels: number; bits: 8 | 16 };

/**
 * A gradient with a few rectangles and some noise: rows from the top, samples interleaved, 16-bit ones with the high
 * byte first.
 */
export function makePixels(random: Random, { width, height, channels, bits }: PixelShape): Buffer {
  const bytesPerSample = bits / 8;
  const pixels = Buffer.alloc(width * height * channels * bytesPerSample);
  const boxes = Array.from({ length: 4 }, () => ({
    left: random.between(0, width),
    top: random.between(0, height),
    side: random.between(1, Math.max(1, Math.min(width, height) >> 1)),
    value: random.between(0, 255),
  }));
  let noise = random.between(1, 2 ** 31);
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    const crossing = boxes.filter(({ top, side }) => y >= top && y < top + side);
    for (let x = 0; x < width; x += 1) {
      const box = crossing.find(({ left, side }) => x >= left && x < left + side);
      for (let channel = 0; channel < channels; channel += 1) {
        noise = (Math.imul(noise, 1_103_515_245) + 12_345) >>> 0;
        const slope = channel === 0 ? (x * 255) / width : (y * 255) / height;
        pixels[at] = box ? box.value : (slope + (noise >>> 29)) & 0xff;
        at += bytesPerSample;
      }
    }
  }
  return pixels;
}
