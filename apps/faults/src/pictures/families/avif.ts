import type { Random } from '../../seeded-random.ts';
import { damageRecipes } from '../damage.ts';
import { box, fullBox, patchBox, uints } from '../formats/iso-boxes.ts';
import { writeGridAvif } from '../formats/write-grid-avif.ts';
import { type Made, PLANTED, type Recipe } from '../hostile-file.ts';
import type { SeedPictures } from '../seed-pictures.ts';

const pick = (random: Random, seeds: SeedPictures): Buffer => random.pick(seeds.avif).bytes;

export const avif: readonly Recipe[] = [
  {
    mutation: 'none',
    weight: 16,
    make: (random, seeds) => {
      const { bytes, ...shown } = random.pick(seeds.avif);
      return { bytes, detail: `${shown.width}x${shown.height}`, mustBeRefused: false, shown };
    },
  },
  {
    mutation: 'large',
    weight: 0.4,
    make: (random, { large }) => {
      const { bytes, width, height } = random.pick(large.avif);
      return { bytes, detail: `${width}x${height}`, mustBeRefused: undefined };
    },
  },
  ...damageRecipes(pick),
  { mutation: 'size-lie', weight: 20, make: (random, seeds) => lieAboutSize(random, pick(random, seeds)) },
  { mutation: 'absurd-length', weight: 16, make: (random, seeds) => lieAboutLength(random, pick(random, seeds)) },
  {
    mutation: 'many-frames',
    weight: 5,
    make: (random, seeds) => {
      const bytes = patchBox(pick(random, seeds), 'ftyp', { offset: 0, value: Buffer.from('avis') });
      return { bytes, detail: 'a sequence by its brand', mustBeRefused: true };
    },
  },
  {
    mutation: 'giant-metadata',
    weight: 5,
    make: (random, seeds) => {
      const megabytes = random.pick([2, 12]);
      const free = box(random.pick(['free', 'uuid']), [Buffer.alloc(megabytes * 1_000_000, PLANTED)]);
      return {
        bytes: Buffer.concat([pick(random, seeds), free]),
        detail: `a box of ${megabytes} MB`,
        mustBeRefused: undefined,
      };
    },
  },
];

function lieAboutSize(random: Random, picture: Buffer): Made {
  const kind = random.pick(['far', 'far', 'nothing', 'small', 'grid', 'grid that says less']);
  const withSides = (width: number, height: number) =>
    patchBox(picture, 'ispe', { offset: 4, value: uints(32, width, height) });
  if (kind === 'small') return { bytes: withSides(1, 1), detail: 'one pixel', mustBeRefused: undefined, hidden: true };
  if (kind === 'nothing') return { bytes: withSides(0, 100), detail: '0x100', mustBeRefused: true };
  if (kind === 'far') {
    const side = random.pick([65_535, 2 ** 31 - 1, 2 ** 32 - 1, 16_384]);
    return { bytes: withSides(side, side), detail: `${side}x${side}`, mustBeRefused: true };
  }
  const side = random.pick([65_535, 2 ** 31]);
  const says = kind === 'grid' ? ([side, side] as const) : ([64, 64] as const);
  const bytes = writeGridAvif({ rows: 256, columns: random.pick([1, 200]), width: side, height: side, says });
  return { bytes, detail: `a grid of ${side}x${side} that says ${says[0]}x${says[1]}`, mustBeRefused: true };
}

function lieAboutLength(random: Random, picture: Buffer): Made {
  const kind = random.pick(['meta', 'mdat', 'ispe', 'too short', 'nested', 'properties', 'place']);
  if (kind === 'nested') {
    let inner: Buffer = Buffer.alloc(0);
    for (let depth = 0; depth < 3_000; depth += 1) inner = box(depth % 2 === 0 ? 'iprp' : 'ipco', [inner]);
    const bytes = Buffer.concat([picture.subarray(0, picture.readUInt32BE(0)), fullBox('meta', 0, [inner])]);
    return { bytes, detail: 'boxes 3,000 deep', mustBeRefused: true };
  }
  if (kind === 'properties') {
    const sizes = Array.from({ length: 50_000 }, () => fullBox('ispe', 0, [uints(32, 10, 10)]));
    const bytes = Buffer.concat([
      picture.subarray(0, picture.readUInt32BE(0)),
      fullBox('meta', 0, [box('iprp', [box('ipco', sizes)])]),
    ]);
    return { bytes, detail: '50,000 sizes and no picture', mustBeRefused: true };
  }
  if (kind === 'place') {
    // The last four bytes of the place's first extent are its length: far more than there is.
    const at = picture.indexOf('iloc', 0, 'latin1');
    const length = picture.readUInt32BE(at - 4);
    const value = uints(32, 0x7fff_ffff);
    const bytes = patchBox(picture, 'iloc', { offset: length - 12, value });
    return { bytes, detail: 'pixels 2 GB long', mustBeRefused: true };
  }
  const [name, lie] =
    kind === 'too short' ? ['meta', random.between(2, 7)] : [kind, random.pick([2 ** 32 - 1, 2 ** 31, 400_000_000])];
  const bytes = patchBox(picture, name, { offset: -8, value: uints(32, lie) });
  return { bytes, detail: `${name} says ${lie}`, mustBeRefused: true };
}
