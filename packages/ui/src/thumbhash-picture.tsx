import { thumbHashToAverageRGBA, thumbHashToDataURL } from 'thumbhash';
import { useState } from 'react';
import { cx } from './cx.tsx';

export type ThumbhashPictureProps = {
  src: string;
  /** base64; null: a plain ground until the picture is there. */
  thumbhash: string | null;
  /** Of the picture, in pixels: its box has its shape before a byte has come. */
  width: number;
  height: number;
  alt: string;
  /** At once, not when it comes near the window. */
  eager?: boolean;
  className?: string | undefined;
};

/** A picture that begins as a blur of itself and comes in when it is decoded. Its box never changes. */
export function ThumbhashPicture({
  src,
  thumbhash,
  width,
  height,
  alt,
  eager = false,
  className,
}: ThumbhashPictureProps) {
  const [loaded, setLoaded] = useState<string>();
  const shown = loaded === src;
  const blur = shown ? undefined : blurOf(thumbhash);
  return (
    <img
      src={src}
      width={width}
      height={height}
      alt={alt}
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
      draggable={false}
      onLoad={() => setLoaded(src)}
      style={{
        aspectRatio: `${width} / ${height}`,
        ...(blur && { background: `center / contain no-repeat url(${blur})` }),
      }}
      className={cx('block max-h-full max-w-full object-contain', groundOf(thumbhash), className)}
    />
  );
}

/** The same few hashes are drawn again with every scroll. */
const drawn = new Map<string, string>();
const MOST_DRAWN = 2_000;

function blurOf(thumbhash: string | null): string | undefined {
  if (!thumbhash) return undefined;
  const known = drawn.get(thumbhash);
  if (known) return known;
  const url = draw(thumbhash);
  if (drawn.size >= MOST_DRAWN) drawn.delete(drawn.keys().next().value!);
  if (url) drawn.set(thumbhash, url);
  return url;
}

const bytesOf = (thumbhash: string): Uint8Array => Uint8Array.from(atob(thumbhash), (char) => char.charCodeAt(0));

function draw(thumbhash: string): string | undefined {
  try {
    return thumbHashToDataURL(bytesOf(thumbhash));
  } catch {
    return undefined; // a damaged hash is only a missing blur
  }
}

/** Light enough that a light ground would hide it. */
const LIGHT = 0.6;

/**
 * What is drawn on nothing needs a ground it is seen on: white lettering for a black shirt a dark one, all else a light
 * one.
 */
export function groundOf(thumbhash: string | null): string | false {
  if (thumbhash === null || thumbhash.length < 8) return false;
  const bytes = bytesOf(thumbhash);
  if ((bytes[2]! & 0x80) === 0) return false; // opaque
  const { r, g, b } = thumbHashToAverageRGBA(bytes);
  return (r + g + b) / 3 > LIGHT ? 'rounded-[inherit] bg-mat-dark' : 'rounded-[inherit] bg-mat';
}
