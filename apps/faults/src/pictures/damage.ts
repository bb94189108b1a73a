import type { Random } from '../seeded-random.ts';
import type { Recipe } from './hostile-file.ts';
import type { SeedPictures } from './seed-pictures.ts';

export type Good = (random: Random, seeds: SeedPictures) => Buffer;

/** What can be done to a file of any kind. `always`: the kind is refused whole or harmed. */
export function damageRecipes(good: Good, { always = false } = {}): Recipe[] {
  return [
    {
      // At least a tenth of the file is gone: of a smaller loss some formats can make up for.
      mutation: 'truncated',
      weight: 14,
      make: (random, seeds) => {
        const bytes = good(random, seeds);
        const kept = random.between(1, Math.floor(bytes.length * 0.9));
        return { bytes: bytes.subarray(0, kept), detail: `${kept} of ${bytes.length} bytes`, mustBeRefused: true };
      },
    },
    {
      mutation: 'bits-flipped',
      weight: 14,
      make: (random, seeds) => {
        const bytes = Buffer.from(good(random, seeds));
        const early = random.next() < 0.5;
        const flips = random.between(1, 12);
        for (let i = 0; i < flips; i += 1) {
          const at = random.between(0, early ? Math.min(600, bytes.length - 1) : bytes.length - 1);
          bytes[at]! ^= 1 << random.between(0, 7);
        }
        const detail = `${flips} bits ${early ? 'of the first 600 bytes' : 'anywhere'}`;
        return { bytes, detail, mustBeRefused: always ? true : undefined, hidden: true };
      },
    },
    {
      mutation: 'junk-after',
      weight: 6,
      make: (random, seeds) => {
        const junk = randomBytes(random, random.pick([1, 100, 70_000, 400_000]));
        const bytes = Buffer.concat([good(random, seeds), junk]);
        return { bytes, detail: `${junk.length} bytes`, mustBeRefused: always ? true : undefined };
      },
    },
  ];
}

/** Bytes without any order in them. */
export function randomBytes(random: Random, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = random.between(1, 2 ** 31);
  for (let i = 0; i < length; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}
