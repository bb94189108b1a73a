import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { createHostileFiles, type HostileFiles } from '../src/pictures/create-hostile-files.ts';
import { FAMILIES, type HostileFile, PLANTED } from '../src/pictures/hostile-file.ts';
import { makeSeedPictures, makeSmallSeeds, type SeedPictures } from '../src/pictures/seed-pictures.ts';

const COUNT = 1_200;
const hash = ({ bytes, detail, name }: HostileFile) =>
  createHash('sha256').update(bytes).update(detail).update(name).digest('hex');

let seeds: SeedPictures;
let makeFile: HostileFiles;
let files: HostileFile[];

beforeAll(async () => {
  seeds = await makeSeedPictures();
  makeFile = createHostileFiles(1, seeds);
  files = Array.from({ length: COUNT }, (_, number) => makeFile(number));
});

test(
  'a file of a seed is always the same, whichever were made before it; another seed makes others',
  { timeout: 180_000 },
  async () => {
    const again = createHostileFiles(1, { ...seeds, ...(await makeSmallSeeds()) });
    const other = createHostileFiles(2, seeds);
    const some = files.filter(({ number }) => number % 7 === 0).toReversed();
    expect(some.map(({ number }) => hash(again(number)))).toEqual(some.map(hash));
    const alike = some.filter((file) => hash(other(file.number)) === hash(file));
    expect(alike.length).toBeLessThan(some.length / 5);
  },
);

test('every family comes with good files, harmed ones and liars, and about one file in ten is a good picture', () => {
  const mutations = Map.groupBy(files, ({ family }) => family);
  expect([...mutations.keys()].toSorted()).toEqual([...FAMILIES].toSorted());
  for (const [family, made] of mutations)
    expect(new Set(made.map(({ mutation }) => mutation)).size, family).toBeGreaterThanOrEqual(4);
  const good = files.filter(({ mustBeRefused }) => mustBeRefused === false).length / COUNT;
  expect(good).toBeGreaterThan(0.08);
  expect(good).toBeLessThan(0.15);
});

test('what is called good is: every decoder opens it whole, in the size it says', async () => {
  const good = files.filter(({ mustBeRefused }) => mustBeRefused === false);
  for (const file of good) {
    const { data: _data, info } = await sharp(file.bytes, { failOn: 'warning' })
      .autoOrient()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height], `${file.number} ${file.detail}`).toEqual([file.shown?.width, file.shown?.height]);
  }
});

test('good pictures carry what must not be handed on', () => {
  const carriers = files.filter(({ bytes, mutation }) => mutation === 'none' && bytes.includes(PLANTED));
  for (const family of ['jpeg', 'progressive-jpeg', 'png', 'webp', 'avif', 'tiff']) {
    expect(
      carriers.some((file) => file.family === family),
      family,
    ).toBe(true);
  }
});

test('what is called hostile would harm a decoder that believes it', async () => {
  const first = (family: string, detail: string): Buffer => {
    for (let number = FAMILIES.findIndex((one) => one === family); ; number += FAMILIES.length) {
      const file = makeFile(number);
      if (file.detail === detail) return file.bytes;
    }
  };
  const bomb = first('png', '16000x16000, 1 bit, all there');
  expect(await sharp(bomb, { limitInputPixels: false }).metadata()).toMatchObject({ width: 16_000, height: 16_000 });
  expect(bomb.length).toBeLessThan(50_000);
  expect(await sharp(first('gif', '20,000 frames'), { pages: -1, limitInputPixels: false }).metadata()).toMatchObject({
    pages: 20_000,
  });
  const loop = first('tiff', 'itself');
  const directory = loop.readUInt32BE(4);
  expect(loop.readUInt32BE(directory + 2 + 12 * loop.readUInt16BE(directory))).toBe(directory);
  // The last scan is there 3,000 times, and each is read over 16 megapixels.
  const scans = first('progressive-jpeg', '3000 scans over 16 megapixels');
  expect(scans.length).toBeLessThan(5_000_000);
  expect(scans.toString('latin1').split('\xff\xda').length).toBeGreaterThan(3_000);
});
