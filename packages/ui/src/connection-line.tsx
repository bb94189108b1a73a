import { useEffect, useState } from 'react';
import { cx } from './cx.tsx';

/** Shorter breaks are nobody's business, in milliseconds. */
const silence = 2_000;

/** A thin line over everything: "Reconnecting…", once the live stream has been away for two seconds. Nothing moves. */
export function ConnectionLine({ connected }: { connected: boolean }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (connected) return;
    const timer = setTimeout(() => setLate(true), silence);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [connected]);

  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 top-0 z-50 flex flex-col items-center">
      {late && (
        <>
          <span aria-hidden className="h-0.5 w-full animate-breathe bg-warning-solid" />
          <span
            className={cx(
              'rounded-b-md border border-t-0 border-warning-border bg-warning-soft px-2.5 text-xs font-medium',
              'text-warning-text',
            )}
          >
            Reconnecting…
          </span>
        </>
      )}
    </div>
  );
}
