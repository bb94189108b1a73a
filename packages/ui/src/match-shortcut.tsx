/** What of a keyboard event decides which shortcut it is. */
export type KeyPress = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

/** What of an element decides whether it wants the key for itself. */
export type KeyTarget = {
  tagName: string;
  type?: string;
  isContentEditable?: boolean;
  closest: (selector: string) => unknown;
};

const typedTypes = new Set([
  'text',
  'search',
  'email',
  'url',
  'tel',
  'password',
  'number',
  'date',
  'time',
  'datetime-local',
  'month',
  'week',
]);
const ownKeyboard = '[role=menu],[role=listbox],[role=combobox],[data-shortcuts=off]';
const pressable = 'a[href],button,summary,[role=button],[role=checkbox],[role=switch],[role=tab]';

/**
 * True where the key press is the shortcut: "j", "?", "enter", "escape", "mod+k" (⌘ on Apple machines, Ctrl elsewhere).
 */
export function matchesKeys(keys: string, press: KeyPress, apple: boolean): boolean {
  const wanted = keys.toLowerCase().split('+');
  const wantsMod = wanted[0] === 'mod';
  const key = wantsMod ? wanted[1] : wanted[0];
  const pressed = press.key === ' ' ? 'space' : press.key.toLowerCase();
  const hasMod = apple ? press.metaKey : press.ctrlKey;
  const hasOther = press.altKey || (apple ? press.ctrlKey : press.metaKey);
  return pressed === key && hasMod === wantsMod && !hasOther;
}

/**
 * True where the element needs the key itself: one types in it, it is a menu, list or modal with a keyboard of its own,
 * or the key would press it. Chords with mod are never kept from a shortcut.
 */
export function keepsKey(target: KeyTarget | null, keys: string): boolean {
  if (!target || keys.startsWith('mod+')) return false;
  const tag = target.tagName.toLowerCase();
  if (tag === 'textarea' || tag === 'select' || target.isContentEditable) return true;
  if (tag === 'input' && typedTypes.has(target.type ?? 'text')) return true;
  if (target.closest(ownKeyboard)) return true;
  return (keys === 'enter' || keys === 'space') && Boolean(target.closest(pressable));
}
