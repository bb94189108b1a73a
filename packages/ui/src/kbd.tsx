import { cx } from './cx.tsx';

const symbols: Record<string, string> = {
  enter: '↵',
  escape: 'Esc',
  esc: 'Esc',
  space: 'Space',
  shift: '⇧',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  backspace: '⌫',
  delete: 'Del',
  tab: 'Tab',
  home: 'Home',
  end: 'End',
  pageup: 'Page up',
  pagedown: 'Page down',
};

const isApple = (): boolean => /mac|iphone|ipad/i.test(globalThis.navigator?.userAgent ?? '');

/** How a key or chord is written for the reader: "mod+k" is "⌘K" on Apple machines and "Ctrl K" elsewhere. */
export function keyLabel(keys: string, apple = isApple()): string {
  const parts = keys.split('+').map((key) => {
    if (key === 'mod') return apple ? '⌘' : 'Ctrl';
    return symbols[key.toLowerCase()] ?? key.toUpperCase();
  });
  return parts.join(apple ? '' : ' ');
}

/** A key cap. `inverse` is for solid buttons, where it takes the button's own text colour. */
export function Kbd({ keys, inverse }: { keys: string; inverse?: boolean }) {
  return (
    <kbd
      className={cx(
        'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border px-1',
        'font-sans text-[0.6875rem] leading-none font-medium',
        inverse ? 'border-current/40' : 'border-line bg-sunken text-muted',
      )}
    >
      {keyLabel(keys)}
    </kbd>
  );
}
