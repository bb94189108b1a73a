import { useState } from 'react';
import { cx } from './cx.tsx';
import { formatPercent } from './format.tsx';
import { holdProgress } from './hold-progress.tsx';
import { toneSolid } from './tone.tsx';
import type { Tone } from './tone.tsx';

export type ProgressProps = {
  /** 0..1, or null while the share is not known. */
  value: number | null;
  /** The current step's name, in words. */
  label: string;
  /** "3/7". */
  count?: string;
  tone?: Tone;
  /** Said instead of the step while nothing moves: "waiting, 4th in line, about 2 min". */
  waiting?: string;
  /** Said to screen readers in place of words that change each second. */
  spoken?: string;
  /** The work has ended: only now may the bar be full. */
  done?: boolean;
  /** Names the work; a new name may start lower, the same name never goes back. */
  workKey?: string;
  /** One line, for table rows. */
  compact?: boolean;
};

/** The bar of a long work: its step's name, n/m, and a share that never goes back and is never full too early. */
export function Progress({
  value,
  label,
  count,
  tone = 'info',
  waiting,
  spoken,
  done = false,
  workKey = '',
  compact,
}: ProgressProps) {
  const [held, setHeld] = useState(() => holdProgress(null, { key: workKey, value, done }));
  const current = holdProgress(held, { key: workKey, value, done });
  if (current !== held) setHeld(current);
  const { share } = current;

  const step = waiting ?? label;
  const said =
    spoken ?? [step, count, share === null || waiting ? null : formatPercent(share)].filter(Boolean).join(', ');
  const moving = !waiting && !done;

  const words = (
    <span className={cx('flex min-w-0 items-baseline gap-2 text-xs', compact && 'flex-1')}>
      <span title={step} className={cx('min-w-0 flex-1 truncate', waiting ? 'text-muted' : 'text-ink')}>
        {step}
      </span>
      {count && <span className="shrink-0 text-muted tabular-nums">{count}</span>}
    </span>
  );

  return (
    <div className={cx('flex min-w-0', compact ? 'items-center gap-2' : 'flex-col gap-1.5')}>
      {words}
      <div
        role="progressbar"
        aria-label={spoken ?? label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.floor(share * 100)}
        aria-valuetext={said}
        className={cx('relative h-1 overflow-hidden rounded-full bg-pressed', compact ? 'w-16 shrink-0' : 'w-full')}
      >
        {share === null ? (
          moving && <div className={cx('h-full w-1/4 animate-sweep rounded-full', toneSolid[tone])} />
        ) : (
          <div
            className={cx(
              'h-full origin-left rounded-full transition-[width] duration-500 ease-out',
              waiting ? 'bg-neutral-solid' : toneSolid[tone],
            )}
            style={{ width: `${share * 100}%` }}
          />
        )}
      </div>
    </div>
  );
}
