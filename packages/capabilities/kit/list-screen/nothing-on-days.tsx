import { Button } from '@windlass/ui/button';
import { EmptyState } from '@windlass/ui/empty-state';
import { useUrlState } from '../use-url-state.tsx';

/** A list that is empty on some days. `what`: one of what it lists. */
export function NothingOnDays({ what, days, search }: { what: string; days: string; search: string }) {
  const [, setUrl] = useUrlState(() => ({}));
  return (
    <EmptyState
      title={search ? `No ${what} of these days matches “${search}”` : `No ${what} on these days`}
      body={`Only these are looked through: ${days}.`}
      action={
        <Button onClick={() => setUrl({ days: undefined, from: undefined, to: undefined })}>
          Look through all days
        </Button>
      }
    />
  );
}
