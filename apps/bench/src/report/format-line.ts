import type { BenchmarkName, Figure } from '../benchmark.ts';
import { formatAmount, formatTarget, formatVerdict } from './format-figure.ts';

/** The last line of a benchmark: every figure that has a target, beside it. */
export function formatLine(name: BenchmarkName, figures: readonly Figure[]): string {
  const parts = figures
    .filter(({ target }) => target !== undefined)
    .map(
      (figure) => `${figure.what} ${formatAmount(figure.amount)} (${formatTarget(figure)}: ${formatVerdict(figure)})`,
    );
  return `${name}: ${parts.join('; ')}`;
}
