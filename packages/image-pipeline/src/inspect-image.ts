import { broken, type ByteSource } from './byte-source.ts';
import { type ImageKind, isImageKind } from './file-kind.ts';
import { defaultLimits, type ImageLimits } from './image-limits.ts';
import { ImageRefused } from './image-refused.ts';
import type { PictureHeader } from './picture-header.ts';
import { readAhead } from './read-ahead.ts';
import { readAvifHeader } from './read-avif-header.ts';
import { readJpegHeader } from './read-jpeg-header.ts';
import { readPngHeader } from './read-png-header.ts';
import { readTiffHeader } from './read-tiff-header.ts';
import { readWebpHeader } from './read-webp-header.ts';
import { recogniseKind } from './recognise-kind.ts';

/** A picture by its header. `width` and `height` as it is shown, upright. */
export type Inspection = Omit<PictureHeader, 'frames'> & {
  pixels: number;
  bytes: number;
  /** Cannot be decoded row by row. */ heldWhole: boolean;
};

const readers: Readonly<Record<ImageKind, (source: ByteSource) => Promise<PictureHeader>>> = {
  jpeg: readJpegHeader,
  png: readPngHeader,
  webp: readWebpHeader,
  avif: readAvifHeader,
  tiff: readTiffHeader,
};

/**
 * Looks at a picture without decoding it: a few short reads by our own readers, so that no native code sees a file
 * whose header lies. Throws ImageRefused for what is no picture, is damaged so that the header shows it, or is beyond
 * the limits. Runs in a browser too.
 */
export async function inspectImage(source: ByteSource, limits: ImageLimits = defaultLimits): Promise<Inspection> {
  const kind = await recogniseKind(source);
  if (kind === 'empty') throw new ImageRefused('EMPTY_FILE', 'This file is empty.');
  if (!isImageKind(kind)) {
    throw new ImageRefused('NOT_AN_IMAGE', 'This file is no picture that is worked on.');
  }
  const { frames, ...header } = await readers[kind](readAhead(source));
  checkLimits({ frames, ...header }, limits);
  const turned = header.orientation >= 5;
  return {
    ...header,
    width: turned ? header.height : header.width,
    height: turned ? header.width : header.height,
    pixels: header.width * header.height,
    bytes: source.size,
    heldWhole: header.heldBytes > 0,
  };
}

const count = (figure: number): string => figure.toLocaleString('en');
const mega = (pixels: number): string =>
  pixels < 9_950_000 ? (pixels / 1e6).toFixed(1) : count(Math.round(pixels / 1e6));

function checkLimits(header: PictureHeader, limits: ImageLimits): void {
  const { width, height, frames, profileBytes, heldBytes } = header;
  if (width === 0 || height === 0) throw broken();
  if (frames > limits.frames) {
    throw new ImageRefused(
      'TOO_MANY_FRAMES',
      `This file holds ${count(frames)} pictures one after the other; ${limits.frames === 1 ? 'one picture is' : `at most ${count(limits.frames)} are`} worked on.`,
    );
  }
  const pixels = width * height;
  const most = heldBytes === 0 ? limits.pixels : Math.min(limits.pixels, (limits.bytesHeldWhole / heldBytes) * pixels);
  if (pixels > most) {
    const form = most < limits.pixels && pixels <= limits.pixels ? ' of a picture saved this way' : '';
    throw new ImageRefused(
      'TOO_MANY_PIXELS',
      `This picture has ${mega(pixels)} megapixels; at most ${mega(most)}${form} are worked on.`,
    );
  }
  if (Math.max(width, height) > limits.side) {
    throw new ImageRefused(
      'TOO_MANY_PIXELS',
      `This picture is ${count(Math.max(width, height))} pixels long; at most ${count(limits.side)} are worked on.`,
    );
  }
  if (profileBytes > limits.profileBytes) {
    throw new ImageRefused(
      'PROFILE_TOO_LARGE',
      `This picture carries ${mega(profileBytes)} MB of data about itself; at most ${mega(limits.profileBytes)} are worked on.`,
    );
  }
}
