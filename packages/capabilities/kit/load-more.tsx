import { Button } from '@windlass/ui/button';
import { useEffect, useRef } from 'react';

/** Fetches the next page when its end comes into view; a button for those who do not scroll. */
export function LoadMore({ more, busy, load }: { more: boolean; busy: boolean; load: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!more || busy || !end.current) return undefined;
    const watcher = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && load(), {
      rootMargin: '400px',
    });
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [more, busy, load]);
  if (!more) return null;
  return (
    <div ref={end} className="flex justify-center py-4">
      <Button variant="quiet" loading={busy} onClick={load}>
        Show more
      </Button>
    </div>
  );
}
