import type { ReactNode } from 'react';
import { cx } from './cx.tsx';
import { StatusIcon } from './status-icon.tsx';
import { tonePanel, toneText } from './tone.tsx';

const icons = { danger: 'cross', warning: 'alert', neutral: 'check' } as const;

/**
 * A failure, in its place: the sentence, its cause, and the fix with its button beside it.
 * `tone` is warning where the outcome is late, partial or uncertain rather than failed, neutral where a person leaves
 * it so.
 */
export function FailureNote({
  sentence,
  cause,
  fix,
  action,
  tone = 'danger',
}: {
  sentence: string;
  cause?: ReactNode;
  /** What to do, in words. */
  fix?: ReactNode;
  /** The button (or two) that does it. */
  action?: ReactNode;
  tone?: 'danger' | 'warning' | 'neutral';
}) {
  return (
    <div data-tone={tone} className={cx('flex gap-2.5 rounded-md border px-3 py-2.5', tonePanel[tone])}>
      <StatusIcon name={icons[tone]} size={14} className={cx('mt-0.75 shrink-0', toneText[tone])} />
      <div className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex min-w-0 grow basis-72 flex-col gap-0.5">
          <p className={cx('font-medium wrap-break-word', toneText[tone])}>{sentence}</p>
          {cause && <p className="wrap-break-word text-pretty text-ink">{cause}</p>}
          {fix && <p className="wrap-break-word text-pretty text-ink">{fix}</p>}
        </div>
        {action && <div className="flex max-w-full shrink-0 flex-wrap gap-2">{action}</div>}
      </div>
    </div>
  );
}
