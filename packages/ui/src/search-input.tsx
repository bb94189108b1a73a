import { Search, X } from 'lucide-react';
import { useRef } from 'react';
import { cx } from './cx.tsx';
import { controlClass } from './field.tsx';
import { focusedRow } from './focused-row.tsx';
import { Kbd } from './kbd.tsx';
import { useShortcuts } from './use-shortcuts.tsx';

/** Filters the list below it. `/` focuses it; Escape empties it, and when it is empty goes back to the list. */
export function SearchInput({
  label,
  value,
  onChange,
  placeholder = label,
  className,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  className?: string;
}) {
  const input = useRef<HTMLInputElement>(null);
  useShortcuts('This list', [{ keys: '/', label, run: () => input.current?.select() }]);
  const clear = () => {
    onChange('');
    input.current?.focus();
  };

  return (
    <div role="search" className={cx('relative w-full sm:w-64 sm:min-w-36 sm:shrink-99', className)}>
      <Search
        aria-hidden
        size={14}
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
      />
      <input
        ref={input}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          if (value) {
            clear();
          } else {
            event.currentTarget.blur();
            focusedRow()?.focus();
          }
        }}
        className={cx(controlClass, 'h-8 px-8 pointer-coarse:h-10 pointer-coarse:text-lg')}
      />
      {value ? (
        <button
          type="button"
          aria-label="Clear the filter"
          onClick={clear}
          className={cx(
            'absolute top-1/2 right-1 flex size-6 -translate-y-1/2 items-center justify-center rounded-sm text-muted',
            'hover:bg-hover hover:text-ink',
          )}
        >
          <X aria-hidden size={14} />
        </button>
      ) : (
        <span
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-2 flex -translate-y-1/2 pointer-coarse:hidden"
        >
          <Kbd keys="/" />
        </span>
      )}
    </div>
  );
}
