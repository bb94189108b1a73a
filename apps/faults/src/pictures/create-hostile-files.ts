import { createRandom, type Random } from '../seeded-random.ts';
import { apng } from './families/apng.ts';
import { avif } from './families/avif.ts';
import { gif } from './families/gif.ts';
import { isoBmff } from './families/iso-bmff.ts';
import { jpeg, progressiveJpeg } from './families/jpeg.ts';
import { notAnImage } from './families/not-an-image.ts';
import { interlacedPng, png } from './families/png.ts';
import { svg } from './families/svg.ts';
import { tiff } from './families/tiff.ts';
import { webp } from './families/webp.ts';
import { FAMILIES, type Family, type HostileFile, type Recipe } from './hostile-file.ts';
import type { SeedPictures } from './seed-pictures.ts';

const RECIPES: Record<Family, readonly Recipe[]> = {
  jpeg: jpeg,
  'progressive-jpeg': progressiveJpeg,
  png: png,
  'interlaced-png': interlacedPng,
  apng: apng,
  webp: webp,
  avif: avif,
  tiff: tiff,
  gif: gif,
  svg: svg,
  'iso-bmff': isoBmff,
  'not-an-image': notAnImage,
};

const ENDINGS: Record<Family, string> = {
  jpeg: 'jpg',
  'progressive-jpeg': 'jpg',
  png: 'png',
  'interlaced-png': 'png',
  apng: 'png',
  webp: 'webp',
  avif: 'avif',
  tiff: 'tif',
  gif: 'gif',
  svg: 'svg',
  'iso-bmff': 'heic',
  'not-an-image': 'bin',
};

/** Makes file `number` of a seed: always the same bytes, whichever were made before it. */
export type HostileFiles = (number: number) => HostileFile;

/** The files of a seed: a few milliseconds for each. The pictures they are made of are the same for all seeds. */
export function createHostileFiles(seed: number, seeds: SeedPictures): HostileFiles {
  return (number) => {
    const random = createRandom(Math.imul(seed + 1, 0x9e37_79b1) ^ Math.imul(number + 1, 0x85eb_ca6b));
    const family = FAMILIES[number % FAMILIES.length]!;
    const recipe = pickRecipe(random, RECIPES[family]);
    return {
      name: `picture.${ENDINGS[family]}`,
      ...recipe.make(random, seeds),
      mutation: recipe.mutation,
      seed,
      number,
      family,
    };
  };
}

function pickRecipe(random: Random, recipes: readonly Recipe[]): Recipe {
  const whole = recipes.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.next() * whole;
  return recipes.find(({ weight }) => (left -= weight) < 0) ?? recipes.at(-1)!;
}
