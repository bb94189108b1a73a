import { describe, expect, it } from 'vitest';
import { keepsKey, matchesKeys } from './match-shortcut.tsx';
import type { KeyPress, KeyTarget } from './match-shortcut.tsx';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

/** An element that is inside whatever `inside` says. */
const target = (
  tagName: string,
  more: { type?: string; isContentEditable?: boolean; inside?: string } = {},
): KeyTarget => ({
  tagName,
  type: more.type,
  isContentEditable: more.isContentEditable,
  closest: (selector) => (more.inside && selector.split(',').includes(more.inside) ? {} : null),
});

describe('which key it is', () => {
  it('a letter alone is its shortcut; with Ctrl, ⌘ or Alt it belongs to the browser', () => {
    expect(matchesKeys('j', press('j'), false)).toBe(true);
    expect(matchesKeys('j', press('J'), false)).toBe(true);
    expect(matchesKeys('j', press('k'), false)).toBe(false);
    expect(matchesKeys('a', press('a', { ctrlKey: true }), false)).toBe(false);
    expect(matchesKeys('a', press('a', { metaKey: true }), true)).toBe(false);
    expect(matchesKeys('a', press('a', { altKey: true }), false)).toBe(false);
  });

  it('mod is ⌘ on Apple machines and Ctrl elsewhere, never the other', () => {
    expect(matchesKeys('mod+k', press('k', { metaKey: true }), true)).toBe(true);
    expect(matchesKeys('mod+k', press('k', { ctrlKey: true }), true)).toBe(false);
    expect(matchesKeys('mod+k', press('k', { ctrlKey: true }), false)).toBe(true);
    expect(matchesKeys('mod+k', press('k'), false)).toBe(false);
  });

  it('named keys and signs match by what they produce', () => {
    expect(matchesKeys('enter', press('Enter'), false)).toBe(true);
    expect(matchesKeys('space', press(' '), false)).toBe(true);
    expect(matchesKeys('?', press('?'), false)).toBe(true);
  });
});

describe('who gets the key', () => {
  it.each([
    ['a text field', target('INPUT', { type: 'text' })],
    ['an e-mail field', target('INPUT', { type: 'email' })],
    ['a text area', target('TEXTAREA')],
    ['editable text', target('DIV', { isContentEditable: true })],
    ['an open menu', target('DIV', { inside: '[role=menu]' })],
    ['a modal', target('DIV', { inside: '[data-shortcuts=off]' })],
  ])('%s keeps a letter for itself', (_name, element) => {
    expect(keepsKey(element, 'j')).toBe(true);
  });

  it('a chord with mod works even while typing', () => {
    expect(keepsKey(target('INPUT', { type: 'text' }), 'mod+k')).toBe(false);
  });

  it('a tick box or the page does not keep letters', () => {
    expect(keepsKey(target('INPUT', { type: 'checkbox' }), 'x')).toBe(false);
    expect(keepsKey(target('TR'), 'j')).toBe(false);
    expect(keepsKey(null, 'j')).toBe(false);
  });

  it('enter on a button or link presses it, and only it', () => {
    expect(keepsKey(target('BUTTON', { inside: 'button' }), 'enter')).toBe(true);
    expect(keepsKey(target('A', { inside: 'a[href]' }), 'enter')).toBe(true);
    expect(keepsKey(target('BUTTON', { inside: 'button' }), 'j')).toBe(false);
  });
});
