import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.tsx';

/** Detail one click deep: a small quiet button that opens what it names. Closed content is not in the page. */
export function Disclosure({
  label,
  children,
  defaultOpen,
}: {
  label: ReactNode;
  children: ReactNode;
  defaultOpen?: boolean;
}) {
  return (
    <Collapsible.Root defaultOpen={defaultOpen}>
      <Collapsible.Trigger
        className={cx(
          'group -ml-1 inline-flex h-6 items-center gap-1 rounded-sm px-1 text-xs font-medium text-muted',
          'hover:text-ink pointer-coarse:h-9',
        )}
      >
        <ChevronRight
          aria-hidden
          size={12}
          className="transition-transform duration-100 group-data-panel-open:rotate-90"
        />
        {label}
      </Collapsible.Trigger>
      <Collapsible.Panel className="pt-1.5">{children}</Collapsible.Panel>
    </Collapsible.Root>
  );
}
