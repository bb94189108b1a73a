import path from 'node:path';
import sharp from 'sharp';

/**
 * Photos to work on: soft shapes, fine grain, hard edges, as large as asked for. The same for the same seed. About 0.2
 * bytes a pixel.
 */
export async function makePhotos(
  folder: string,
  { megapixels, count, seed }: { megapixels: number; count: number; seed: number },
): Promise<string[]> {
  const width = Math.round(Math.sqrt((megapixels * 1e6 * 4) / 3));
  const height = Math.round((width * 3) / 4);
  const files: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const grain = await sharp({
      create: {
        width: 1024,
        height: 768,
        channels: 3,
        background: '#808080',
        noise: { type: 'gaussian', mean: 128, sigma: 18 },
      },
    })
      .png()
      .toBuffer();
    const file = path.join(folder, `photo-${megapixels}-${i}.jpg`);
    const texture = await sharp(grain)
      .resize(width, height, { kernel: 'cubic' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    await sharp(Buffer.from(scene(seed * 100 + i, width, height)))
      .composite([{ input: texture.data, raw: texture.info, blend: 'soft-light' }])
      .jpeg({ quality: 88 })
      .toFile(file);
    files.push(file);
  }
  return files;
}

function scene(seed: number, width: number, height: number): string {
  const shapes = Array.from({ length: 180 }, (_, i) => {
    const n = (seed * 7919 + i * 104_729) % 99_991;
    const [x, y, r] = [(n * 31) % width, (n * 17) % height, 12 + ((n * 13) % (width / 9))];
    return i % 3 === 0
      ? `<rect x="${x}" y="${y}" width="${r}" height="${r * 1.6}" fill="hsl(${n % 360} 45% ${25 + (n % 50)}%)" opacity=".7" transform="rotate(${n % 90} ${x} ${y})"/>`
      : `<circle cx="${x}" cy="${y}" r="${r}" fill="hsl(${n % 360} 45% ${25 + (n % 50)}%)" opacity=".55"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${seed % 360} 50% 30%)"/><stop offset="1" stop-color="hsl(${(seed + 120) % 360} 55% 70%)"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>${shapes.join('')}</svg>`;
}
