import { Check, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.tsx';
import { useCopy } from './use-copy.tsx';

/** Text that copies itself on click and says so. `children` is what one sees, where that is not the value itself. */
export function Copyable({
  value,
  label,
  children,
  mono,
}: {
  value: string;
  /** What the value is, read out before it: "Copy request id: …". */
  label: string;
  children?: ReactNode;
  mono?: boolean;
}) {
  const { outcome, copy } = useCopy();
  const said = outcome && (outcome === 'copied' ? 'Copied' : 'Not allowed: select it by hand');
  return (
    <button
      type="button"
      title={`Copy ${label}`}
      onClick={() => copy(value)}
      className="group/copy relative -mx-1 inline-flex max-w-full items-center gap-1.5 rounded-sm px-1 text-left hover:bg-hover"
    >
      <span className="sr-only">Copy {label}:</span>
      <span className={cx('min-w-0 truncate', mono && 'font-mono text-xs', said && 'opacity-0')}>
        {children ?? value}
      </span>
      {outcome === 'copied' ? (
        <Check aria-hidden size={12} className="shrink-0 text-success-text" />
      ) : (
        <Copy aria-hidden size={12} className="shrink-0 text-faint group-hover/copy:text-ink" />
      )}
      <span role="status" className="pointer-events-none absolute left-1 text-xs whitespace-nowrap text-muted">
        {said}
      </span>
    </button>
  );
}
