import type { Random } from '../../seeded-random.ts';
import { damageRecipes, randomBytes } from '../damage.ts';
import { box, fileType, patchBox, uints } from '../formats/iso-boxes.ts';
import type { Recipe } from '../hostile-file.ts';
import type { SeedPictures } from '../seed-pictures.ts';

const REFUSED = { mustBeRefused: true } as const;
const BRANDS = ['heic', 'heix', 'hevc', 'mif1', 'msf1', 'mp42', 'isom', 'qt  ', 'crx ', 'jp2 ', 'M4A '] as const;

/** What is no AVIF, in the same boxes: telephones' HEIC, films, cameras' raw files. */
export const isoBmff: readonly Recipe[] = [
  {
    mutation: 'none',
    weight: 25,
    make: (random, seeds) => {
      const brand = random.pick(BRANDS);
      return { bytes: rebranded(random, seeds, brand), detail: brand.trim(), name: `a.${brand.trim()}`, ...REFUSED };
    },
  },
  {
    mutation: 'disguise',
    weight: 20,
    make: (random, seeds) => {
      const brand = random.pick(BRANDS);
      return {
        bytes: rebranded(random, seeds, brand),
        detail: `${brand.trim()} called an AVIF`,
        name: 'a.avif',
        ...REFUSED,
      };
    },
  },
  {
    mutation: 'absurd-length',
    weight: 20,
    make: (random, seeds) => {
      const length = random.pick([0, 1, 7, 2 ** 31, 2 ** 32 - 1]);
      const bytes = patchBox(rebranded(random, seeds, 'heic'), 'ftyp', { offset: -8, value: uints(32, length) });
      return { bytes, detail: `the first box says ${length}`, ...REFUSED };
    },
  },
  {
    mutation: 'size-lie',
    weight: 10,
    make: (random, seeds) => {
      const bytes = patchBox(rebranded(random, seeds, 'heic'), 'ispe', { offset: 4, value: uints(32, 65_535, 65_535) });
      return { bytes, detail: '65535x65535', ...REFUSED };
    },
  },
  {
    mutation: 'many-frames',
    weight: 10,
    make: (random) => {
      const film = [fileType('hevc'), box('moov', [randomBytes(random, 2_000)]), box('mdat', [Buffer.alloc(300_000)])];
      return { bytes: Buffer.concat(film), detail: 'a film', ...REFUSED };
    },
  },
  ...damageRecipes((random, seeds) => rebranded(random, seeds, 'heic'), { always: true }),
];

/** A real AVIF's boxes under another brand, its pixels named as HEVC: the boxes are sound, what they hold is not. */
function rebranded(random: Random, seeds: SeedPictures, brand: (typeof BRANDS)[number]): Buffer {
  const { bytes } = random.pick(seeds.avif);
  const rest = Buffer.from(bytes.subarray(bytes.readUInt32BE(0)));
  for (let at = rest.indexOf('av01'); at !== -1; at = rest.indexOf('av01', at)) rest.write('hvc1', at, 'latin1');
  // Offsets count from the file's beginning: the first box keeps its length.
  const type = fileType(
    brand,
    Array.from({ length: (bytes.readUInt32BE(0) - 16) / 4 }, () => brand),
  );
  return Buffer.concat([type, rest]);
}
