/**
 * The value below which the share `q` (0..1) of the samples lies, by the nearest rank: always one that was measured.
 */
export function quantile(samples: readonly number[], q: number): number {
  if (samples.length === 0) throw new Error('a quantile of nothing');
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))]!;
}
