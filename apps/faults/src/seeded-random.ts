import { seededRandom } from '@windlass/testkit/seeded-random';

/** The same numbers for the same seed, on every machine. */
export type Random = {
  /** 0 <= n < 1 */
  next(): number;
  /** a whole number, both ends included */
  between(from: number, to: number): number;
  pick<Item>(items: readonly Item[]): Item;
};

/** Good enough to choose victims and moments. */
export function createRandom(seed: number): Random {
  const next = seededRandom(seed);
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    pick: (items) => {
      if (items.length === 0) throw new Error('nothing to pick from');
      return items[between(0, items.length - 1)]!;
    },
  };
}
