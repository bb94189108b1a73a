import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { cx } from './cx.tsx';
import { controlClass } from './field.tsx';

export type SelectOption<Value extends string> = { value: Value; label: string; icon?: ReactNode };

/** One choice of a few. For many, filter a list instead. */
export function Select<Value extends string>({
  label,
  labelHidden,
  value,
  options,
  onChange,
  disabled,
  describedBy,
  error,
  className,
}: {
  label: string;
  labelHidden?: boolean;
  value: Value;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value) => void;
  disabled?: boolean;
  /** The id of what explains it, elsewhere on the screen. */
  describedBy?: string;
  error?: string | undefined;
  className?: string;
}) {
  const errorId = useId();
  return (
    <div className={cx('flex min-w-0 flex-col gap-1', className)}>
      <Base.Root
        items={options as SelectOption<Value>[]}
        value={value}
        onValueChange={(next) => next !== null && onChange(next)}
        disabled={disabled}
      >
        <Base.Label className={labelHidden ? 'sr-only' : 'text-sm font-medium'}>{label}</Base.Label>
        <Base.Trigger
          aria-describedby={[error && errorId, describedBy].filter(Boolean).join(' ') || undefined}
          aria-invalid={error ? true : undefined}
          className={cx(controlClass, 'flex h-8 items-center justify-between gap-2 text-left pointer-coarse:h-10')}
        >
          <Base.Value className="min-w-0 truncate" />
          <Base.Icon className="shrink-0 text-muted">
            <ChevronsUpDown aria-hidden size={14} />
          </Base.Icon>
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner
            alignItemWithTrigger={false}
            sideOffset={4}
            collisionPadding={8}
            className="z-50 outline-none"
          >
            <Base.Popup
              className={cx(
                'max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto rounded-lg bg-raised p-1',
                'shadow-popover outline-none',
              )}
            >
              <Base.List>
                {options.map((option) => (
                  <Base.Item
                    key={option.value}
                    value={option.value}
                    className={cx(
                      'flex h-8 items-center gap-2.5 rounded-md px-2 text-sm outline-none select-none',
                      'data-highlighted:bg-pressed pointer-coarse:h-11',
                    )}
                  >
                    {option.icon && (
                      <span aria-hidden className="text-muted">
                        {option.icon}
                      </span>
                    )}
                    <Base.ItemText className="min-w-0 flex-1 truncate">{option.label}</Base.ItemText>
                    <span className="w-3.5 shrink-0 text-accent-text">
                      <Base.ItemIndicator>
                        <Check aria-hidden size={14} />
                      </Base.ItemIndicator>
                    </span>
                  </Base.Item>
                ))}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
      {error && (
        <p id={errorId} role="alert" className="text-xs text-danger-text">
          {error}
        </p>
      )}
    </div>
  );
}
