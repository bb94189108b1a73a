import { cx } from './cx.tsx';
import { StatusIcon } from './status-icon.tsx';
import type { StatusIconName } from './status-icon.tsx';
import { tonePanel, toneText } from './tone.tsx';
import type { Tone } from './tone.tsx';

/** How a state looks. Capabilities keep one map from state to this. */
export type StatusBadge = {
  tone: Tone;
  icon: StatusIconName;
  /** The word of the vocabulary, e.g. "Delivered". */
  label: string;
  /** Said to screen readers in place of a label that changes each second. */
  spoken?: string;
  /** Work is going on: the shape breathes slowly. */
  moving?: boolean;
};

/** A status: word, shape and colour together, never colour alone. */
export function StatusChip({ tone, icon, label, spoken, moving }: StatusBadge) {
  return (
    <span
      data-tone={tone}
      className={cx(
        'relative inline-flex h-5.5 max-w-full items-center gap-1.5 rounded-sm border px-1.5 text-xs font-medium whitespace-nowrap',
        tonePanel[tone],
        toneText[tone],
      )}
    >
      <StatusIcon name={icon} className={cx('shrink-0', moving && 'animate-breathe')} />
      <span aria-hidden={spoken !== undefined || undefined} className="truncate tabular-nums">
        {label}
      </span>
      {spoken !== undefined && <span className="sr-only">{spoken}</span>}
    </span>
  );
}
