import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { Toaster as Sonner, toast } from 'sonner';
import { cx } from './cx.tsx';
import { StatusIcon } from './status-icon.tsx';
import type { StatusIconName } from './status-icon.tsx';
import { toneText } from './tone.tsx';
import type { Tone } from './tone.tsx';
import { useCountdown } from './use-countdown.tsx';

const icons: Record<Tone, StatusIconName> = {
  neutral: 'circle',
  info: 'arrow',
  success: 'check',
  warning: 'alert',
  danger: 'cross',
};

/** Room above the bottom edge, so that a toast never covers the bar of selected rows. */
const clearOfBars = 'calc(var(--sticky-bottom) + 4.25rem)';

/** Where toasts appear; once per app. In the body, so that no full-screen drawer covers it. */
export function Toaster() {
  return createPortal(
    <Sonner
      position="bottom-center"
      offset={{ bottom: clearOfBars }}
      mobileOffset={{ bottom: clearOfBars, left: '0.75rem', right: '0.75rem' }}
      gap={8}
      hotkey={[]}
      containerAriaLabel="Notices"
      style={{ fontFamily: 'inherit' }}
    />,
    document.body,
  );
}

const panel = cx(
  'flex min-h-10 w-full items-center gap-3 rounded-lg bg-raised py-1.5 pr-2 pl-3',
  'text-sm text-ink shadow-popover sm:w-(--width)',
);
const actionClass =
  'h-7 shrink-0 rounded-md px-2 font-medium text-accent-text tabular-nums hover:bg-hover pointer-coarse:h-9';

/** A short word about what was just done. Failures belong beside what failed, not here. */
export function showToast({
  message,
  tone = 'neutral',
  action,
}: {
  message: string;
  tone?: Tone;
  action?: { label: string; run: () => void };
}): void {
  toast.custom((id) => (
    <div className={panel}>
      <StatusIcon name={icons[tone]} size={14} className={`shrink-0 ${toneText[tone]}`} />
      <span className="min-w-0 flex-1 py-1 wrap-break-word">{message}</span>
      {action && (
        <button
          type="button"
          className={actionClass}
          onClick={() => {
            toast.dismiss(id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
    </div>
  ));
}

function UndoNotice({
  message,
  endsAt,
  onUndo,
  onEnd,
}: {
  message: string;
  endsAt: number;
  onUndo: () => void;
  onEnd: () => void;
}) {
  const left = useCountdown(endsAt);
  useEffect(() => {
    const timer = setTimeout(onEnd, Math.max(0, endsAt - Date.now()));
    return () => clearTimeout(timer);
  }, [endsAt, onEnd]);
  return (
    <div className={panel}>
      <StatusIcon name="check" size={14} className="shrink-0 text-success-text" />
      <span className="min-w-0 flex-1 py-1 wrap-break-word">{message}</span>
      {/* The countdown is for the eye: read out each second it would drown everything else. */}
      <button type="button" className={actionClass} onClick={onUndo}>
        Undo{' '}
        <span aria-hidden className="inline-block w-[4ch] text-left">
          {left} s
        </span>
      </button>
    </div>
  );
}

/** Undos still on offer, the newest last. */
const offers: { about: string; undo: () => void; dismiss: () => void }[] = [];

/** Takes back the newest of what can still be undone, for the page's `z`. */
export const undoLatest = (): void => offers.at(-1)?.undo();

/** Takes the offer away: it was undone in another place. */
export const withdrawUndo = (about: string): void => offers.find((offer) => offer.about === about)?.dismiss();

/** The undo of something done just now, until when the server allows it; a plain notice where it does not. */
export function offerUndo({
  undoUntil,
  ...notice
}: {
  about: string;
  message: string;
  undoUntil: string | null;
  onUndo: () => void;
}): void {
  const seconds = undoUntil ? (new Date(undoUntil).getTime() - Date.now()) / 1_000 : 0;
  if (seconds > 0) showUndoToast({ ...notice, seconds });
  else showToast({ message: notice.message, tone: 'success' });
}

/**
 * "Approved 12 orders · Undo 7 s". The time is the server's: it does not stand still under the mouse, and the toast
 * goes at 0. It outlives the screen that showed it.
 */
export function showUndoToast({
  about,
  message,
  seconds,
  onUndo,
}: {
  /** The id of what was done, for withdrawUndo. */
  about: string;
  message: string;
  seconds: number;
  onUndo: () => void;
}): void {
  const endsAt = Date.now() + seconds * 1_000;
  const dismiss = (): void => {
    const at = offers.indexOf(offer);
    if (at >= 0) offers.splice(at, 1);
    toast.dismiss(id);
  };
  const undo = (): void => {
    dismiss();
    if (Date.now() < endsAt) onUndo();
  };
  const id = toast.custom(() => <UndoNotice message={message} endsAt={endsAt} onUndo={undo} onEnd={dismiss} />, {
    duration: Number.POSITIVE_INFINITY,
    dismissible: false,
  });
  const offer = { about, undo, dismiss };
  offers.push(offer);
}
