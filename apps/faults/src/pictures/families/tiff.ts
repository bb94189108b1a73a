import type { Random } from '../../seeded-random.ts';
import { damageRecipes, randomBytes } from '../damage.ts';
import { type Directory, joinTiff, TAG, tiffDirectory, type TiffEntry } from '../formats/write-tiff.ts';
import { type Made, PLANTED, type Recipe } from '../hostile-file.ts';
import { makePixels } from '../make-pixels.ts';

type Wish = { bits?: 8 | 16; cmyk?: boolean };
type Page = Directory & { width: number; height: number };

export const tiff: readonly Recipe[] = [
  { mutation: 'none', weight: 14, make: (random) => whole(random, {}) },
  { mutation: 'sixteen-bit', weight: 4, make: (random) => whole(random, { bits: 16 }) },
  { mutation: 'cmyk', weight: 4, make: (random) => whole(random, { cmyk: true }) },
  {
    mutation: 'large',
    weight: 0.8,
    make: (random, { large }) => {
      const { bytes, width, height } = random.pick(large.tiff);
      return { bytes, detail: `${width}x${height}`, mustBeRefused: undefined };
    },
  },
  ...damageRecipes((random) => joinTiff([page(random)])),
  { mutation: 'size-lie', weight: 18, make: (random) => lieAboutSize(random, page(random)) },
  { mutation: 'absurd-length', weight: 14, make: (random) => lieAboutLength(random, page(random)) },
  { mutation: 'giant-metadata', weight: 4, make: (random) => bloat(random, page(random)) },
  { mutation: 'many-frames', weight: 8, make: (random) => manyPages(random) },
  { mutation: 'loop', weight: 8, make: (random) => goInCircles(random) },
];

function page(random: Random, { bits = 8, cmyk = false }: Wish = {}): Page {
  const [width, height] = random.pick([
    [220, 160],
    [64, 64],
    [61, 97],
    [1, 1],
    [400, 33],
  ] as const);
  const channels = cmyk ? 4 : random.pick([1, 3] as const);
  const photometric = cmyk ? 5 : channels === 1 ? 1 : 2;
  const pixels = makePixels(random, { width, height, channels, bits });
  const layout = random.pick(['strips', 'tiles'] as const);
  const directory = tiffDirectory({
    width,
    height,
    bits,
    channels,
    photometric,
    pixels,
    layout,
    deflated: random.next() < 0.5,
  });
  directory.entries.push({ tag: TAG.copyright, values: Buffer.from(`${PLANTED}\0`) });
  if (cmyk) directory.entries.push({ tag: TAG.inks, values: [1] });
  return { ...directory, width, height };
}

function whole(random: Random, wish: Wish): Made {
  const made = page(random, wish);
  const { width, height, offsetsTag } = made;
  const layout = offsetsTag === TAG.tileOffsets ? 'tiles' : 'strips';
  return {
    bytes: joinTiff([made]),
    detail: `${layout}, ${width}x${height}`,
    mustBeRefused: false,
    shown: { width, height },
  };
}

const MOST = 2 ** 32 - 1;
const LIES = [
  [65_535, 65_535],
  [MOST, MOST],
  [0, 100],
  [100, 0],
  [16_000, 16_000],
  [1, 1],
  [4_000, 3_000],
] as const;

/** The directory with an entry replaced, or added where there was none. */
const withEntry = (directory: Page, entry: TiffEntry): Page => ({
  ...directory,
  entries: [...directory.entries.filter(({ tag }) => tag !== entry.tag), entry],
});

function lieAboutSize(random: Random, directory: Page): Made {
  const [width, height] = random.pick(LIES);
  const lying = withEntry(withEntry(directory, { tag: TAG.width, values: [width] }), {
    tag: TAG.height,
    values: [height],
  });
  const possible = width * height === 1 || width * height === 12e6;
  const made: Made = {
    bytes: joinTiff([lying]),
    detail: `${width}x${height}`,
    mustBeRefused: possible ? undefined : true,
  };
  return possible ? { ...made, hidden: true } : made;
}

function lieAboutLength(random: Random, directory: Page): Made {
  const lengths = directory.offsetsTag === TAG.tileOffsets ? TAG.tileBytes : TAG.stripBytes;
  const kind = random.pick(['blocks', 'places', 'count', 'entries', 'first directory']);
  const blocks = directory.blocks.length;
  if (kind === 'entries' || kind === 'first directory') {
    const bytes = Buffer.from(joinTiff([directory]));
    if (kind === 'first directory') bytes.writeUInt32BE(random.pick([2 ** 32 - 1, bytes.length, 0]), 4);
    else bytes.writeUInt16BE(65_535, bytes.readUInt32BE(4));
    return { bytes, detail: kind, mustBeRefused: true };
  }
  if (kind === 'places') {
    const far = withEntry(directory, {
      tag: directory.offsetsTag,
      values: Array.from({ length: blocks }, () => 2 ** 31),
    });
    return { bytes: joinTiff([{ ...far, blocks: [] }]), detail: 'blocks 2 GB away', mustBeRefused: true };
  }
  const values =
    kind === 'blocks' ? Array.from({ length: blocks }, () => 2 ** 32 - 1) : Array.from({ length: blocks }, () => 100);
  const lying = withEntry(
    directory,
    kind === 'blocks' ? { tag: lengths, values } : { tag: lengths, values, count: 2 ** 32 - 1 },
  );
  return {
    bytes: joinTiff([lying]),
    detail: kind === 'blocks' ? 'blocks of 4 GB' : '4 G block lengths',
    mustBeRefused: true,
  };
}

function bloat(random: Random, directory: Page): Made {
  const megabytes = random.pick([2, 12]);
  const profile = random.next() < 0.5;
  const entry = { tag: profile ? TAG.profile : TAG.description, values: randomBytes(random, megabytes * 1_000_000) };
  const detail = `${profile ? 'a profile' : 'a description'} of ${megabytes} MB`;
  return {
    bytes: joinTiff([withEntry(directory, entry)]),
    detail,
    mustBeRefused: profile && megabytes > 8 ? true : undefined,
  };
}

function manyPages(random: Random): Made {
  const first = page(random);
  const kind = random.pick(['pages', 'pyramid', 'endless', 'crowded']);
  if (kind === 'pyramid') {
    // Smaller copies as further pages, as scanners write them, and marked as such.
    const levels = Array.from({ length: 5 }, (_, i) => {
      const level = withEntry(page(random), { tag: TAG.kind, values: [1] });
      return i < 4 ? { ...level, next: i + 2 } : level;
    });
    return { bytes: joinTiff([{ ...first, next: 1 }, ...levels]), detail: 'a pyramid of 6', mustBeRefused: undefined };
  }
  if (kind === 'crowded') {
    // Each value lies elsewhere in the file: whoever looks all of them up is kept busy.
    const entries = Array.from({ length: 900 }, (_, i) => ({ tag: 40_000 + i, values: [1, 2] }));
    const pages = Array.from({ length: 60 }, (_, i) => {
      const crowded = { ...first, entries: [...first.entries, ...entries], blocks: i === 0 ? first.blocks : [] };
      return i + 1 < 60 ? { ...crowded, next: i + 1 } : crowded;
    });
    return { bytes: joinTiff(pages), detail: '60 pages of 900 entries', mustBeRefused: true };
  }
  const count = kind === 'pages' ? random.between(2, 12) : 20_000;
  const tiny = withEntry(page(random), { tag: TAG.description, values: Buffer.from('x') });
  const pages = Array.from({ length: count }, (_, i) => {
    const one = i === 0 ? first : { ...tiny, blocks: i === 1 ? tiny.blocks : [] };
    return i + 1 < count ? { ...one, next: i + 1 } : one;
  });
  return { bytes: joinTiff(pages), detail: `${count} pages`, mustBeRefused: true };
}

function goInCircles(random: Random): Made {
  const kind = random.pick(['itself', 'each other', 'below itself']);
  if (kind === 'each other') {
    return {
      bytes: joinTiff([
        { ...page(random), next: 1 },
        { ...page(random), next: 0 },
      ]),
      detail: kind,
      mustBeRefused: true,
    };
  }
  if (kind === 'itself') return { bytes: joinTiff([{ ...page(random), next: 0 }]), detail: kind, mustBeRefused: true };
  // A directory that names itself as its own smaller copy: who does not look for those is not harmed by it.
  const bytes = Buffer.from(joinTiff([withEntry(page(random), { tag: TAG.subDirectories, values: [0] })]));
  const directory = bytes.readUInt32BE(4);
  for (let i = 0; i < bytes.readUInt16BE(directory); i += 1) {
    const entry = directory + 2 + i * 12;
    if (bytes.readUInt16BE(entry) === TAG.subDirectories) bytes.writeUInt32BE(directory, entry + 8);
  }
  return { bytes, detail: kind, mustBeRefused: undefined };
}
