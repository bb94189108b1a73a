import { Skeleton, SkeletonRows } from '@windlass/ui/skeleton';

/** A screen whose code is still on its way: the room of its title, tabs, the table's head and its rows. */
export function ScreenSkeleton() {
  return (
    <>
      <div className="flex h-21 flex-col justify-center gap-3">
        <Skeleton className="w-16" />
        <Skeleton className="h-4 w-56" />
      </div>
      <div className="flex h-9 items-center gap-8 border-b px-2 sm:mb-8">
        <Skeleton className="w-20" />
        <Skeleton className="w-20" />
        <Skeleton className="w-20" />
      </div>
      <SkeletonRows rows={10} columns={['w-16', 'w-40', 'w-48', 'w-20', 'w-24']} />
    </>
  );
}
