import { useSyncExternalStore } from 'react';
import { subscribeToSeconds } from './every-second.tsx';
import { formatAbsolute, formatRelative } from './format.tsx';

/** "3 min ago", kept true while it is on screen; the exact time on hover and for screen readers. */
export function RelativeTime({ at, className }: { at: Date; className?: string }) {
  const words = useSyncExternalStore(subscribeToSeconds, () => formatRelative(at, Date.now()));
  const exact = formatAbsolute(at);
  return (
    <time dateTime={at.toISOString()} title={exact} className={`relative whitespace-nowrap ${className ?? ''}`}>
      {words}
      <span className="sr-only">, {exact}</span>
    </time>
  );
}
