import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import { cx } from './cx.tsx';

/** A box to tick, with its words; `labelHidden` where the row or column says what it ticks. */
export function Checkbox({
  label,
  labelHidden,
  checked,
  indeterminate,
  disabled,
  onChange,
}: {
  label: string;
  labelHidden?: boolean;
  checked: boolean;
  /** Some of what it stands for is ticked. */
  indeterminate?: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className="relative inline-flex min-h-6 items-center gap-2 align-middle">
      <Base.Root
        checked={checked}
        indeterminate={indeterminate}
        disabled={disabled}
        onCheckedChange={onChange}
        className={cx(
          'flex size-4 shrink-0 items-center justify-center rounded-sm border border-edge bg-canvas text-on-accent',
          'hover:border-muted data-checked:border-accent data-checked:bg-accent data-disabled:opacity-55',
          'data-indeterminate:border-accent data-indeterminate:bg-accent',
          // The target is larger than the box: 24 px for a mouse, 44 px for a finger.
          'relative after:absolute after:-inset-1 pointer-coarse:after:-inset-3.5',
        )}
      >
        <Base.Indicator>
          {indeterminate ? (
            <Minus aria-hidden size={12} strokeWidth={3} />
          ) : (
            <Check aria-hidden size={12} strokeWidth={3} />
          )}
        </Base.Indicator>
      </Base.Root>
      <span className={labelHidden ? 'sr-only' : undefined}>{label}</span>
    </label>
  );
}
