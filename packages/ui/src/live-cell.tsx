import { useState } from 'react';
import type { ReactNode } from 'react';

/** A value that changes by itself: its background fades once on each change, never when it first appears. */
export function LiveCell({
  value,
  children,
}: {
  /** What is compared; `children` is how it is shown, the value itself by default. */
  value: string | number;
  children?: ReactNode;
}) {
  const [seen, setSeen] = useState({ value, changes: 0 });
  const changes = Object.is(seen.value, value) ? seen.changes : seen.changes + 1;
  if (changes !== seen.changes) setSeen({ value, changes });
  return (
    // A new key is a new element: the animation starts again.
    <span key={changes} className={changes > 0 ? '-mx-1 animate-changed rounded-sm px-1' : '-mx-1 px-1'}>
      {children ?? value}
    </span>
  );
}
