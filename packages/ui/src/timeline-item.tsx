import type { ReactNode } from 'react';
import { BudgetBar } from './budget-bar.tsx';
import { cx } from './cx.tsx';
import { Disclosure } from './disclosure.tsx';
import { RelativeTime } from './relative-time.tsx';
import { StatusIcon } from './status-icon.tsx';
import type { StatusIconName } from './status-icon.tsx';
import { tonePanel, toneText } from './tone.tsx';
import type { Tone } from './tone.tsx';

export type TimelineItemProps = {
  title: ReactNode;
  at: Date;
  /** Who did it: a person's name, or "the system". */
  actor?: ReactNode;
  tone?: Tone;
  icon?: StatusIconName;
  moving?: boolean;
  /** How long it took and how long it may take, in milliseconds. */
  durationMs?: number;
  budgetMs?: number;
  /** Always in sight under the title: a progress bar, or a failure with its button. */
  aside?: ReactNode;
  /** Detail, one click deep. */
  children?: ReactNode;
  detailLabel?: string;
  /** Events folded under this one (attempts under their step), themselves timeline items. */
  nested?: ReactNode;
  nestedLabel?: string;
};

/** One event of a timeline. */
export function TimelineItem(props: TimelineItemProps) {
  const { title, at, actor, tone = 'neutral', icon = 'circle', moving, durationMs, budgetMs, aside } = props;
  const { children, detailLabel = 'Details', nested, nestedLabel = 'Attempts' } = props;
  const facts = actor !== undefined || durationMs !== undefined;
  return (
    <li className="relative grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3 pb-4 last:pb-0">
      <span
        aria-hidden
        className="absolute top-5 bottom-0 left-[calc(0.625rem-0.5px)] w-px bg-line [li:last-child>&]:hidden"
      />
      <span
        className={cx(
          'relative flex size-5 items-center justify-center rounded-full border',
          tonePanel[tone],
          toneText[tone],
        )}
      >
        <StatusIcon name={icon} size={11} className={cx(moving && 'animate-breathe')} />
      </span>
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex items-baseline justify-between gap-3">
          <span className="min-w-0 font-medium wrap-break-word">{title}</span>
          <RelativeTime at={at} className="shrink-0 text-xs text-muted" />
        </div>
        {facts && (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-muted">
            {actor !== undefined && <span className="min-w-0 truncate">{actor}</span>}
            {durationMs !== undefined && <BudgetBar durationMs={durationMs} budgetMs={budgetMs} />}
          </div>
        )}
        {aside && <div className="pt-1">{aside}</div>}
        {nested && (
          <Disclosure label={nestedLabel}>
            <ol aria-label={nestedLabel} className="flex flex-col pt-1">
              {nested}
            </ol>
          </Disclosure>
        )}
        {children && <Disclosure label={detailLabel}>{children}</Disclosure>}
      </div>
    </li>
  );
}
