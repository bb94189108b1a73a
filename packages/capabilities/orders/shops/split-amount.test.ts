import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitAmount } from './split-amount.ts';

test('whatever the amount and the quantity, the pieces add up to both, in at most two prices a unit apart', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000_000_000 }),
      fc.integer({ min: 1, max: 100_000 }),
      (total, quantity) => {
        const pieces = splitAmount(total, quantity);
        expect(pieces.reduce((sum, piece) => sum + piece.quantity * piece.unitMinor, 0)).toBe(total);
        expect(pieces.reduce((sum, piece) => sum + piece.quantity, 0)).toBe(quantity);
        expect(pieces.length).toBeLessThanOrEqual(2);
        expect(pieces.every((piece) => piece.quantity > 0 && piece.unitMinor >= 0)).toBe(true);
      },
    ),
  );
});
