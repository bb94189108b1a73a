import type { ReactNode } from 'react';

/** One column of events, newest last. `label` names the list for screen readers ("Timeline of order 1042"). */
export function Timeline({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {children}
    </ol>
  );
}
