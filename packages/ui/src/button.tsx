import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.tsx';
import { Kbd } from './kbd.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'sm' | 'md';

const variants: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border-neutral-border bg-canvas text-ink hover:bg-hover active:bg-pressed data-popup-open:bg-hover',
  quiet: 'border-transparent text-ink hover:bg-hover active:bg-pressed data-popup-open:bg-hover',
  danger: 'border-transparent bg-danger-solid text-on-danger hover:bg-danger-hover',
};

const sizes: Record<ButtonSize, string> = {
  sm: 'h-7 gap-1.5 px-2 text-xs pointer-coarse:h-9',
  md: 'h-8 gap-2 px-3 text-sm pointer-coarse:h-10',
};

/** The look of a button for something else, such as a router's link. */
export function buttonClass({
  variant = 'secondary',
  size = 'md',
}: { variant?: ButtonVariant; size?: ButtonSize } = {}): string {
  return cx(
    'relative inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap select-none',
    'transition-colors duration-100 aria-disabled:cursor-default aria-disabled:opacity-55',
    variants[variant],
    sizes[size],
  );
}

export type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Work is going on: the width stays, clicks do nothing, focus stays where it is. */
  loading?: boolean;
  disabled?: boolean;
  icon?: ReactNode;
  /** The shortcut that does the same, shown as a key cap; the caller registers it. */
  kbd?: string;
};

/** A button. Disabled ones stay focusable, so that focus is never lost and the reason can be read. */
export function Button(props: ButtonProps) {
  const {
    variant = 'secondary',
    size = 'md',
    loading,
    disabled,
    icon,
    kbd,
    className,
    children,
    onClick,
    ...rest
  } = props;
  const idle = Boolean(loading || disabled);
  const solid = variant === 'primary' || variant === 'danger';
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={idle || undefined}
      aria-busy={loading || undefined}
      className={cx(buttonClass({ variant, size }), className)}
      onClick={(event) => {
        if (idle) event.preventDefault();
        else onClick?.(event);
      }}
    >
      <span className={cx('inline-flex items-center gap-[inherit]', loading && 'opacity-0')}>
        {icon}
        {children}
        {kbd && (
          <span aria-hidden className="-mr-1 max-sm:hidden pointer-coarse:hidden">
            <Kbd keys={kbd} inverse={solid} />
          </span>
        )}
      </span>
      {loading && <LoaderCircle aria-hidden size={14} className="absolute animate-spin" />}
    </button>
  );
}
