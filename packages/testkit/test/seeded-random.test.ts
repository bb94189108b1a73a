import { expect, test } from 'vitest';
import { seededRandom } from '../src/seeded-random.ts';

test('a seed gives the same numbers again, and another seed others', () => {
  const three = (seed: number) => Array.from({ length: 3 }, seededRandom(seed));
  expect(three(7)).toEqual(three(7));
  expect(three(7)).not.toEqual(three(8));
  expect(three(7).every((x) => x >= 0 && x < 1)).toBe(true);
});
