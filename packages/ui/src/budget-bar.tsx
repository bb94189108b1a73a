import { cx } from './cx.tsx';
import { formatDuration } from './format.tsx';

/** How long something took, beside the time it was given. Over the budget it says so in words too. */
export function BudgetBar({ durationMs, budgetMs }: { durationMs: number; budgetMs?: number }) {
  const took = formatDuration(durationMs);
  if (!budgetMs) return <span className="text-muted tabular-nums">{took}</span>;
  const over = durationMs > budgetMs;
  const budget = formatDuration(budgetMs);
  // The track is the budget, until the duration outgrows it: then the track is the duration and the mark is the budget.
  const scale = Math.max(durationMs, budgetMs);
  return (
    <span
      className="inline-flex items-center gap-2 tabular-nums"
      title={over ? `It took ${took}; its budget is ${budget}` : `It took ${took}, within its budget of ${budget}`}
    >
      <span aria-hidden className="relative h-0.75 w-14 overflow-hidden rounded-full bg-pressed">
        <span
          className={cx('absolute inset-y-0 left-0 rounded-full', over ? 'bg-warning-solid' : 'bg-neutral-solid')}
          style={{ width: `${Math.max(3, (durationMs / scale) * 100)}%` }}
        />
        {over && (
          <span className="absolute inset-y-0 w-0.5 bg-canvas" style={{ left: `${(budgetMs / scale) * 100}%` }} />
        )}
      </span>
      <span className={over ? 'font-medium text-warning-text' : 'text-muted'}>
        {over ? `${took}, ${formatDuration(durationMs - budgetMs)} over` : `${took}, within ${budget}`}
      </span>
    </span>
  );
}
