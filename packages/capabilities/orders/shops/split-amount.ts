/**
 * A line's amount as pieces of one price: 10.00 for three is two at 3.33 and one at 3.34, so that the lines add up to
 * what was paid. Both in whole minor units.
 */
export function splitAmount(totalMinor: number, quantity: number): { quantity: number; unitMinor: number }[] {
  const low = Math.floor(totalMinor / quantity);
  const dearer = totalMinor - low * quantity;
  return [
    { quantity: quantity - dearer, unitMinor: low },
    { quantity: dearer, unitMinor: low + 1 },
  ].filter((piece) => piece.quantity > 0);
}
