import { cx } from './cx.tsx';

/** A grey bar where text will be. Give it the width of the text it stands for. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx('block h-3 animate-shimmer rounded-sm bg-pressed', className)} />;
}

/** Rows of the true layout: one bar per column, 36 px each, so that nothing moves when the rows arrive. */
export function SkeletonRows({
  rows = 8,
  columns,
  label = 'Loading',
}: {
  rows?: number;
  /** Widths as Tailwind classes, one per column: ['w-16', 'w-40', 'w-20']. */
  columns: readonly string[];
  label?: string;
}) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-row items-center justify-between gap-4 border-b px-3 max-sm:h-20">
          {columns.map((width, column) => (
            <Skeleton key={column} className={width} />
          ))}
        </div>
      ))}
    </div>
  );
}
