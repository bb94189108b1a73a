import sharp, { type Sharp } from 'sharp';
import { createRandom } from '../seeded-random.ts';
import { deflateZeros } from './formats/deflate-zeros.ts';
import { joinPng, pngHeader } from './formats/write-png.ts';
import { PLANTED } from './hostile-file.ts';
import { makePixels } from './make-pixels.ts';

export type SeedPicture = { bytes: Buffer; width: number; height: number };

/** Real files of the kinds whose encoders are nobody's thirty lines: made once, then harmed thousands of times. */
export type SeedPictures = {
  jpeg: SeedPicture[];
  progressive: SeedPicture[];
  cmyk: SeedPicture[];
  progressiveCmyk: SeedPicture[];
  webp: SeedPicture[];
  animatedWebp: SeedPicture[];
  avif: SeedPicture[];
  /** sizes a camera or a scanner makes, and one that only a stitching program does */
  large: Record<'jpeg' | 'progressive' | 'png' | 'interlaced' | 'webp' | 'avif' | 'tiff', SeedPicture[]>;
  /** 16,000 x 16,000, one bit a pixel: a true header before far too many pixels */
  oneBitPng: SeedPicture;
};

const EXIF = {
  IFD0: { Copyright: PLANTED, ImageDescription: PLANTED },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '51/1 30/1 3230/100',
    GPSLongitudeRef: 'W',
    GPSLongitude: '0/1 7/1 4366/100',
  },
};
const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="${PLANTED}"/></rdf:RDF></x:xmpmeta>`;

type Size = readonly [width: number, height: number];
const SIZES: readonly Size[] = [
  [640, 480],
  [300, 420],
  [97, 61],
  [1300, 350],
  [1, 1],
  [8, 2000],
];

/** The same bytes for the same version of sharp. Takes some seconds, most of them for the large ones. */
export async function makeSeedPictures(): Promise<SeedPictures> {
  return { ...(await makeSmallSeeds()), large: await makeLargeSeeds() };
}

export async function makeSmallSeeds(): Promise<Omit<SeedPictures, 'large'>> {
  const of = (sizes: readonly Size[], encode: (picture: Sharp) => Sharp) =>
    Promise.all(sizes.map((size) => encodePicture(paint(size), size, encode)));
  const orientedJpegs = await Promise.all(Array.from({ length: 8 }, (_, i) => orientedJpeg(i + 1)));
  return {
    jpeg: [
      ...(await of(SIZES, (picture) => picture.withXmp(XMP).jpeg({ chromaSubsampling: '4:2:0' }))),
      ...orientedJpegs,
    ],
    progressive: await of(SIZES, (picture) => picture.jpeg({ progressive: true })),
    cmyk: await of(SIZES.slice(0, 4), (picture) => picture.toColourspace('cmyk').jpeg()),
    progressiveCmyk: await of(SIZES.slice(0, 3), (picture) =>
      picture.toColourspace('cmyk').jpeg({ progressive: true }),
    ),
    webp: [
      ...(await of(SIZES, (picture) => picture.webp())),
      ...(await of(SIZES.slice(0, 3), (picture) => picture.webp({ lossless: true, effort: 0 }))),
      ...(await of(SIZES.slice(0, 3), (picture) => picture.ensureAlpha(0.5).webp({ effort: 0 }))),
    ],
    animatedWebp: [await animation(2), await animation(60)],
    avif: [
      ...(await of(SIZES.slice(0, 4), (picture) => picture.avif({ effort: 0 }))),
      ...(await of(SIZES.slice(0, 2), (picture) => picture.ensureAlpha(0.5).avif({ effort: 0 }))),
    ],
    oneBitPng: oneBit(16_000),
  };
}

async function makeLargeSeeds(): Promise<SeedPictures['large']> {
  return {
    jpeg: await ofFlat(
      [
        [9_400, 9_400],
        [8_000, 6_000],
        [4_096, 4_096],
      ],
      (picture) => picture.jpeg(),
    ),
    progressive: await ofFlat(
      [
        [6_500, 6_000],
        [4_096, 4_096],
      ],
      (picture) => picture.jpeg({ progressive: true }),
    ),
    png: await ofFlat(
      [
        [9_400, 9_400],
        [6_000, 4_000],
      ],
      (picture) => picture.png({ compressionLevel: 1 }),
    ),
    interlaced: [
      ...(await ofFlat([[6_500, 6_000]], (picture) => picture.png({ compressionLevel: 1, progressive: true }))),
      deepInterlaced(7_000),
    ],
    webp: await ofFlat(
      [
        [6_500, 6_000],
        [6_000, 4_000],
      ],
      (picture) => picture.webp({ effort: 0 }),
    ),
    avif: await ofFlat(
      [
        [4_000, 3_000],
        [6_000, 4_000],
      ],
      (picture) => picture.avif({ effort: 0 }),
    ),
    tiff: await ofFlat(
      [
        [9_400, 9_400],
        [6_000, 4_000],
      ],
      (picture) => picture.tiff({ compression: 'deflate' }),
    ),
  };
}

/** A picture of noise and shapes, different for each size. */
function paint([width, height]: Size): Sharp {
  const pixels = makePixels(createRandom(width * 65_537 + height), { width, height, channels: 3, bits: 8 });
  return sharp(pixels, { raw: { width, height, channels: 3 } }).withExif(EXIF);
}

async function encodePicture(
  picture: Sharp,
  [width, height]: Size,
  encode: (picture: Sharp) => Sharp,
): Promise<SeedPicture> {
  return { bytes: await encode(picture).toBuffer(), width, height };
}

/** As a camera held sideways writes it; width and height are those of the upright picture. */
async function orientedJpeg(orientation: number): Promise<SeedPicture> {
  const size: Size = [320, 200];
  const { bytes } = await encodePicture(paint(size), size, (picture) =>
    picture.withMetadata({ orientation, exif: EXIF }).jpeg(),
  );
  const lying = orientation > 4;
  return { bytes, width: lying ? size[1] : size[0], height: lying ? size[0] : size[1] };
}

/** One colour: small files of very many pixels, made one after the other for the memory they take. */
async function ofFlat(sizes: readonly Size[], encode: (picture: Sharp) => Sharp): Promise<SeedPicture[]> {
  const made: SeedPicture[] = [];
  for (const [width, height] of sizes) {
    const flat = sharp({ create: { width, height, channels: 3, background: '#7a9ab8' }, limitInputPixels: false });
    made.push(await encodePicture(flat, [width, height], encode));
  }
  return made;
}

async function animation(frames: number): Promise<SeedPicture> {
  const [width, height] = [40, 30];
  const pixels = makePixels(createRandom(frames), { width, height: height * frames, channels: 3, bits: 8 });
  const input = { raw: { width, height: height * frames, channels: 3 as const, pageHeight: height } };
  return { bytes: await sharp(pixels, input).webp({ effort: 0 }).toBuffer(), width, height };
}

/** 8 bytes a pixel, and none of them shown before all are there. */
function deepInterlaced(side: number): SeedPicture {
  const pixels = side * side * 8;
  const passRows = side * 2 - side / 8;
  const bytes = joinPng([
    { type: 'IHDR', body: pngHeader({ width: side, height: side, bits: 16, colour: 6, interlaced: true }) },
    { type: 'IDAT', body: deflateZeros(pixels + passRows) },
    { type: 'IEND', body: Buffer.alloc(0) },
  ]);
  return { bytes, width: side, height: side };
}

/** 256 megapixels in 31 kB, and not a lie in it. */
function oneBit(side: number): SeedPicture {
  const bytes = joinPng([
    { type: 'IHDR', body: pngHeader({ width: side, height: side, bits: 1, colour: 0 }) },
    { type: 'IDAT', body: deflateZeros((side / 8 + 1) * side) },
    { type: 'IEND', body: Buffer.alloc(0) },
  ]);
  return { bytes, width: side, height: side };
}
