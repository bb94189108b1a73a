import { Check, Copy } from 'lucide-react';
import { Button } from './button.tsx';
import type { ButtonProps } from './button.tsx';
import { useCopy } from './use-copy.tsx';

/** "Copy link", which says "Copied" for a moment without changing its width. */
export function CopyButton({
  value,
  children,
  ...rest
}: { value: string } & Omit<ButtonProps, 'onClick' | 'icon' | 'value'>) {
  const { outcome, copy } = useCopy();
  const said = outcome && (outcome === 'copied' ? 'Copied' : 'Refused');
  const Icon = outcome === 'copied' ? Check : Copy;
  return (
    <Button {...rest} icon={<Icon aria-hidden size={14} />} onClick={() => copy(value)}>
      <span className="relative">
        <span className={said ? 'opacity-0' : undefined}>{children}</span>
        <span role="status" className="absolute inset-y-0 left-0">
          {said}
        </span>
      </span>
    </Button>
  );
}
