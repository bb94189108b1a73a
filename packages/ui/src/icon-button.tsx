import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.tsx';
import { Kbd } from './kbd.tsx';
import { Tooltip } from './tooltip.tsx';

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children' | 'aria-label'> & {
  /** What it does, in words: its name for screen readers and its tooltip. */
  label: string;
  icon: ReactNode;
  kbd?: string;
  size?: 'sm' | 'md';
  side?: 'top' | 'right' | 'bottom' | 'left';
};

/** A button that is only a picture; it always has a name and shows it. */
export function IconButton({ label, icon, kbd, size = 'md', side, className, ...rest }: IconButtonProps) {
  const hint = kbd ? (
    <span className="inline-flex items-center gap-2">
      {label}
      <Kbd keys={kbd} inverse />
    </span>
  ) : (
    label
  );
  return (
    <Tooltip hint={hint} side={side}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={cx(
          'inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors duration-100 select-none',
          'hover:bg-hover hover:text-ink active:bg-pressed data-popup-open:bg-hover data-popup-open:text-ink disabled:opacity-55',
          size === 'sm' ? 'size-6 pointer-coarse:size-9' : 'size-8 pointer-coarse:size-10',
          className,
        )}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
