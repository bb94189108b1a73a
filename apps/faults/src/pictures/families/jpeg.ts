import type { Random } from '../../seeded-random.ts';
import { damageRecipes } from '../damage.ts';
import { isFrame, joinJpeg, type JpegParts, splitJpeg, splitScans, writeSegment } from '../formats/jpeg-segments.ts';
import { joinTiff, TAG } from '../formats/write-tiff.ts';
import { writeZip } from '../formats/write-zip.ts';
import { type Made, PLANTED, type Recipe } from '../hostile-file.ts';
import type { SeedPicture, SeedPictures } from '../seed-pictures.ts';

const APP1 = 0xe1;
const APP2 = 0xe2;
const COMMENT = 0xfe;
const HTML = `<html><script>/*${PLANTED}*/alert(1)</script></html>`;

/** Sides that no picture here has; those up to 65,535 fit into the frame's 16 bits. */
const LIES = [
  [65_535, 65_535],
  [65_500, 40_000],
  [0, 300],
  [300, 0],
  [16_000, 16_000],
] as const;

export const jpeg: readonly Recipe[] = [
  ...recipes({ good: 'jpeg', cmyk: 'cmyk', large: 'jpeg' }),
  {
    mutation: 'sixteen-bit',
    weight: 3,
    make: (random, seeds) => inFrame(random.pick(seeds.jpeg), (frame) => frame.writeUInt8(12, 0), '12 bits'),
  },
];

export const progressiveJpeg: readonly Recipe[] = [
  ...recipes({ good: 'progressive', cmyk: 'progressiveCmyk', large: 'progressive' }),
  {
    // Each further scan is read over all the picture's blocks: a small file that costs a decoder minutes.
    mutation: 'many-scans',
    weight: 0.3,
    make: (random, seeds) => {
      const { segments, scans } = splitJpeg(seeds.large.progressive[1]!.bytes);
      const all = splitScans(scans);
      const copies = random.pick([200, 3_000]);
      const again = Array.from({ length: copies }, () => all.at(-1)!);
      const bytes = joinJpeg({ segments, scans: Buffer.concat([...all, ...again, scans.subarray(-2)]) });
      return { bytes, detail: `${copies} scans over 16 megapixels`, mustBeRefused: undefined, hidden: true };
    },
  },
];

type Kinds = { good: 'jpeg' | 'progressive'; cmyk: 'cmyk' | 'progressiveCmyk'; large: 'jpeg' | 'progressive' };

function recipes(kinds: Kinds): Recipe[] {
  const pick = (random: Random, seeds: SeedPictures) => random.pick(seeds[kinds.good]);
  const whole = (picture: SeedPicture, detail = ''): Made => ({
    bytes: picture.bytes,
    detail: `${detail}${picture.width}x${picture.height}`,
    mustBeRefused: false,
    shown: picture,
  });
  return [
    { mutation: 'none', weight: 14, make: (random, seeds) => whole(pick(random, seeds)) },
    { mutation: 'cmyk', weight: 5, make: (random, seeds) => whole(random.pick(seeds[kinds.cmyk])) },
    {
      mutation: 'large',
      weight: 0.5,
      make: (random, { large }) => ({ ...whole(random.pick(large[kinds.large])), mustBeRefused: undefined }),
    },
    ...damageRecipes((random, seeds) => pick(random, seeds).bytes),
    {
      mutation: 'size-lie',
      weight: 18,
      make: (random, seeds) => lieAboutSize(random, random.pick([pick(random, seeds), random.pick(seeds[kinds.cmyk])])),
    },
    {
      mutation: 'absurd-length',
      weight: 14,
      make: (random, seeds) => lieAboutLength(random, splitJpeg(pick(random, seeds).bytes)),
    },
    {
      mutation: 'giant-metadata',
      weight: 5,
      make: (random, seeds) => bloat(random, splitJpeg(pick(random, seeds).bytes)),
    },
    { mutation: 'loop', weight: 5, make: (random, seeds) => twistExif(random, pick(random, seeds).bytes) },
    { mutation: 'polyglot', weight: 9, make: (random, seeds) => twoInOne(random, pick(random, seeds).bytes) },
  ];
}

function lieAboutSize(random: Random, picture: SeedPicture): Made {
  const kind = random.pick(['far', 'far', 'far', 'one pixel', 'twice as high', 'two frames', 'roomy']);
  if (kind === 'roomy') {
    // Few enough pixels to be let in; a progressive one's coefficients, two bytes each, are given room before any is
    // there.
    const sides = (frame: Buffer) => {
      frame.writeUInt16BE(7_000, 1);
      frame.writeUInt16BE(7_000, 3);
    };
    return { ...inFrame(picture, sides, '7000x7000, most of it missing'), hidden: true };
  }
  if (kind === 'one pixel')
    return { ...inFrame(picture, (frame) => frame.set([0, 1, 0, 1], 1), 'one pixel'), hidden: true };
  if (kind === 'twice as high') {
    return { ...inFrame(picture, (frame) => frame.writeUInt16BE(frame.readUInt16BE(1) * 2, 1), kind), hidden: true };
  }
  const [width, height] = random.pick(LIES);
  const lie = (frame: Buffer) => {
    frame.writeUInt16BE(height, 1);
    frame.writeUInt16BE(width, 3);
  };
  if (kind === 'far') return { ...inFrame(picture, lie, `${width}x${height}`), mustBeRefused: true };
  const { segments, scans } = splitJpeg(picture.bytes);
  const second = segments.filter(isFrame).map(({ marker, body }) => ({ marker, body: Buffer.from(body) }));
  second.forEach(({ body }) => lie(body));
  const bytes = joinJpeg({ segments: [...segments, ...second], scans });
  return { bytes, detail: `a second frame of ${width}x${height}`, mustBeRefused: true };
}

/** The picture with its frame header changed: precision, height, width, as they follow each other there. */
function inFrame(picture: SeedPicture, change: (frame: Buffer) => void, detail: string): Made {
  const { segments, scans } = splitJpeg(picture.bytes);
  const changed = segments.map((segment) => {
    if (!isFrame(segment)) return segment;
    const body = Buffer.from(segment.body);
    change(body);
    return { ...segment, body };
  });
  return { bytes: joinJpeg({ segments: changed, scans }), detail, mustBeRefused: undefined };
}

function lieAboutLength(random: Random, parts: JpegParts): Made {
  const at = random.between(0, parts.segments.length - 1);
  const length = random.pick([0, 1, 65_535]);
  // A lie of 65,535 goes beyond the end of the file: scans of that length are cut off before.
  const scans = length === 65_535 ? parts.scans.subarray(0, 2_000) : parts.scans;
  const written = parts.segments.map(({ marker, body }, i) =>
    writeSegment(marker, body, i === at ? length : undefined),
  );
  const bytes = Buffer.concat([Buffer.from([0xff, 0xd8]), ...written, scans]);
  return { bytes, detail: `segment ${at} says ${length}`, mustBeRefused: true };
}

function bloat(random: Random, { segments, scans }: JpegParts): Made {
  const count = random.pick([3, 40, 200]);
  const kind = random.pick(['EXIF', 'ICC', 'comment'] as const);
  const marker = { EXIF: APP1, ICC: APP2, comment: COMMENT }[kind];
  const added = Array.from({ length: count }, (_, i) => {
    const body = Buffer.alloc(65_000, i & 0xff);
    if (kind === 'EXIF') body.write(`Exif\0\0MM\0*${PLANTED}`, 'latin1');
    if (kind === 'ICC') body.set([...Buffer.from('ICC_PROFILE\0', 'latin1'), (i + 1) & 0xff, Math.min(count, 255)]);
    return { marker, body };
  });
  const bytes = joinJpeg({ segments: [...segments.slice(0, 1), ...added, ...segments.slice(1)], scans });
  const megabytes = (count * 65_000) / 1e6;
  // 13 MB of a colour profile is no profile; what lies below may be within a limit that is set elsewhere.
  return {
    bytes,
    detail: `${kind} of ${megabytes} MB`,
    mustBeRefused: kind === 'ICC' && megabytes > 8 ? true : undefined,
  };
}

/** Whoever turns a picture upright must read its EXIF, which is a TIFF: it may lead nowhere, or in circles. */
function twistExif(random: Random, picture: Buffer): Made {
  const { segments, scans } = splitJpeg(picture);
  const kind = random.pick(['circle', 'far away', 'no such orientation', 'endless', 'cut off']);
  const orientation = {
    tag: TAG.orientation,
    values: [kind === 'no such orientation' ? random.pick([0, 9, 65_535]) : 6],
  };
  const lost = { tag: TAG.exif, values: [0x7fff_ffff] };
  const endless = { tag: TAG.description, values: Buffer.from('endless'), count: 2 ** 32 - 1 };
  const entries = kind === 'endless' ? [endless, orientation] : [orientation, lost];
  const tiff = Buffer.from(joinTiff([{ entries, blocks: [], offsetsTag: 0, ...(kind === 'circle' && { next: 0 }) }]));
  if (kind === 'far away') tiff.writeUInt32BE(0xffff_fff0, 4);
  const kept = kind === 'cut off' ? random.between(0, tiff.length) : tiff.length;
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff.subarray(0, kept)]);
  const exif = { marker: APP1, body };
  const others = segments.filter(({ marker }) => marker !== APP1);
  return { bytes: joinJpeg({ segments: [exif, ...others], scans }), detail: `EXIF: ${kind}`, mustBeRefused: undefined };
}

function twoInOne(random: Random, picture: Buffer): Made {
  const { segments, scans } = splitJpeg(picture);
  const kind = random.pick(['HTML before', 'HTML in a comment', 'HTML after', 'ZIP after', 'script around']);
  if (kind === 'HTML before') {
    const before = random.pick(['', '\ufeff', '  \n', '<!-- -->']);
    const html = random.pick([HTML, `<!DOCTYPE html>${HTML}`, '<svg onload=alert(1)>']);
    const made: Made = {
      bytes: Buffer.concat([Buffer.from(before + html), picture]),
      detail: kind,
      mustBeRefused: true,
    };
    return html.startsWith('<svg') ? { ...made, mayBeKept: true } : made;
  }
  const zip = writeZip('payload.html', Buffer.from(HTML));
  const comment = { marker: COMMENT, body: Buffer.from(HTML) };
  // The first segment's length reads as the beginning of a comment in a script: 0x2f2a is "/*".
  const script = { marker: 0xe0, body: Buffer.alloc(0x2f2a - 2) };
  script.body.write(`*/=1;"${PLANTED}"/*`, 100);
  const bytes = {
    'HTML in a comment': () => joinJpeg({ segments: [comment, ...segments], scans }),
    'HTML after': () => Buffer.concat([picture, Buffer.from(HTML)]),
    'ZIP after': () => Buffer.concat([picture, zip]),
    'script around': () => joinJpeg({ segments: [script, ...segments], scans }),
  }[kind as 'ZIP after']();
  return { bytes, detail: kind, mustBeRefused: undefined };
}
