import { Button } from '@windlass/ui/button';
import { CalendarDays } from 'lucide-react';
import { Suspense, useState } from 'react';
import { lazyPart } from '../lazy-part.ts';
import type { UrlSearch } from '../url-search.ts';
import { useUrlState } from '../use-url-state.tsx';
import { readRange } from './date-range.ts';

/** Comes with its first click. */
const DatePanel = lazyPart(() => import('./date-panel.tsx').then((file) => file.DatePanel));

/** Which days the list shows. `what`: "Placed", what happened on those days. */
export function DateFilter({ what }: { what: string }) {
  const [range, setUrl] = useUrlState((search: UrlSearch) => readRange(search));
  const [open, setOpen] = useState<boolean>();
  const button = (
    <Button
      icon={<CalendarDays aria-hidden size={14} />}
      aria-haspopup="dialog"
      {...(open === undefined && { onClick: () => setOpen(true), onPointerEnter: DatePanel.start })}
    >
      Dates
    </Button>
  );
  if (open === undefined) return button;
  return (
    <Suspense fallback={button}>
      <DatePanel what={what} trigger={button} open={open} onOpenChange={setOpen} range={range} onChange={setUrl} />
    </Suspense>
  );
}
