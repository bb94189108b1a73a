import sharp from 'sharp';

export type PictureWish = {
  width?: number;
  height?: number;
  format?: 'png' | 'jpeg' | 'webp' | 'avif' | 'tiff';
  seed?: number;
};

/** The bytes of a real picture: noise over a colour, so that no two seeds are alike. */
export async function makePicture({
  width = 300,
  height = 200,
  format = 'png',
  seed = 1,
}: PictureWish = {}): Promise<Buffer> {
  const background = { r: (seed * 67) % 256, g: (seed * 131) % 256, b: (seed * 29) % 256 };
  return sharp({
    create: { width, height, channels: 3, background, noise: { type: 'gaussian', mean: 128, sigma: 20 } },
  })
    .toFormat(format)
    .toBuffer();
}
