import { Fragment } from 'react';
import type { ReactNode } from 'react';

/** Facts as a list: names at the left in one column, values beside them. Empty values show a dash. */
export function KeyValues({ items }: { items: readonly { label: string; value: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-[minmax(5rem,max-content)_minmax(0,1fr)] gap-x-6 gap-y-1.5">
      {items.map(({ label, value }) => (
        <Fragment key={label}>
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0 wrap-break-word">{value || <span className="text-faint">–</span>}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
