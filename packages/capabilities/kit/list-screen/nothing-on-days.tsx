import { EmptyState } from '@windlass/ui/empty-state';

/** A list that is empty on some days. `what`: one of what it lists. */
export function NothingOnDays({ what, days, search }: { what: string; days: string; search: string }) {
  return (
    <EmptyState
      title={search ? `No ${what} of these days matches “${search}”` : `No ${what} on these days`}
      body={`Only these are looked through: ${days}. Take the filter off to see the others.`}
    />
  );
}
