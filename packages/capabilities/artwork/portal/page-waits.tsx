import { Button } from '@windlass/ui/button';
import { EmptyState } from '@windlass/ui/empty-state';
import { Skeleton } from '@windlass/ui/skeleton';
import { CloudOff } from 'lucide-react';

/** Before anything is known of the order: its outline, or that the server is away. */
export function PageWaits({ away, onRetry }: { away: boolean; onRetry: () => void }) {
  if (away) {
    return (
      <div role="alert">
        <h1 className="sr-only">Artwork</h1>
        <EmptyState
          icon={<CloudOff size={24} />}
          title="The page cannot be reached just now"
          body="Your connection or the shop’s server is away. This page tries again by itself; nothing that was sent is lost."
          action={<Button onClick={onRetry}>Try again</Button>}
        />
      </div>
    );
  }
  return (
    <div aria-busy className="flex flex-col gap-6">
      <div className="flex flex-col gap-2">
        <Skeleton className="h-4 w-32" />
        <Skeleton className="h-6 w-72 max-w-full" />
      </div>
      <Skeleton className="h-44 w-full" />
      <Skeleton className="h-5 w-56 max-w-full" />
    </div>
  );
}
