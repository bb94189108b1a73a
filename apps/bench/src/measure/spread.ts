/**
 * Of several rounds: the middle one (the mean of the two middle ones where their number is even), the least and the
 * most.
 */
export type Spread = { median: number; min: number; max: number; rounds: number };

export function spreadOf(samples: readonly number[]): Spread {
  if (samples.length === 0) throw new Error('a spread of nothing');
  const sorted = [...samples].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)!, rounds: sorted.length };
}

/** Each round's own ratio: what the machine did to both of a pair falls out of it. */
export function ratiosOf(ours: readonly number[], twin: readonly number[]): Spread {
  if (ours.length !== twin.length) throw new Error('rounds without a partner');
  return spreadOf(ours.map((value, round) => value / twin[round]!));
}
