import { expect, it } from 'vitest';
import { keyLabel } from './kbd.tsx';

it("a chord is written as the reader's own machine writes it", () => {
  expect(keyLabel('mod+k', true)).toBe('⌘K');
  expect(keyLabel('mod+k', false)).toBe('Ctrl K');
  expect(keyLabel('escape', false)).toBe('Esc');
  expect(['arrowleft', 'arrowright', 'arrowup', 'arrowdown', 'pagedown'].map((key) => keyLabel(key, false))).toEqual([
    '←',
    '→',
    '↑',
    '↓',
    'Page down',
  ]);
  expect(keyLabel('?', false)).toBe('?');
});
