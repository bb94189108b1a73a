import type { ReactNode } from 'react';
import { cx } from './cx.tsx';
import { toneText } from './tone.tsx';
import type { Tone } from './tone.tsx';
import { useDocumentTitle } from './use-document-title.tsx';

/**
 * Opens a screen: its name, then the sentence that answers its question. On a phone the actions stick to the bottom.
 */
export function PageHeader({
  title,
  status,
  answer,
  tone,
  actions,
  back,
}: {
  /** Also the name of the browser's tab. */
  title: string;
  /** Beside the title: a status chip. */
  status?: ReactNode;
  /** "3 orders wait for you". A space keeps its room until it is known. */
  answer?: ReactNode;
  /** Colours the answer where it is bad news. */
  tone?: Tone;
  actions?: ReactNode;
  /** Above the title: the way back to the list. */
  back?: ReactNode;
}) {
  useDocumentTitle(title);
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3 pt-5 pb-4">
      <div className="flex min-w-0 flex-col gap-0.5">
        {back && <div className="pb-1 text-sm">{back}</div>}
        <div className="flex items-center gap-3">
          <h1 className={answer ? 'font-medium text-muted' : 'text-xl font-semibold tracking-tight'}>{title}</h1>
          {status}
        </div>
        {answer && (
          <p
            aria-live="polite"
            className={cx('min-h-[1lh] text-xl font-semibold tracking-tight text-pretty', tone && toneText[tone])}
          >
            {answer}
          </p>
        )}
      </div>
      {actions && (
        <div
          className={cx(
            'flex items-center gap-2',
            'max-sm:fixed max-sm:inset-x-0 max-sm:bottom-(--sticky-bottom) max-sm:z-20 max-sm:border-t max-sm:bg-canvas max-sm:p-2',
            'max-sm:*:flex-1',
          )}
        >
          {actions}
        </div>
      )}
    </header>
  );
}
