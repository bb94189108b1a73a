import { expect, test } from 'vitest';
import { hasVisible, holdsInvisible, trimInvisible } from './invisible.ts';

const blanks = [
  '\u200b',
  '\u00a0',
  '\u00ad',
  '\ufeff',
  '\u200e',
  '\u200f',
  '\u2060',
  '\u202f',
  '\u3000',
  '\u3164',
  '\u2800',
  ' ',
  '\t',
];

test('what is not seen is taken off at both ends, in any mixture', () => {
  for (const one of blanks)
    for (const other of blanks) {
      expect(trimInvisible(`${one}${other}${one}R-1${other}${one}`)).toBe('R-1');
      expect([trimInvisible(one + other), hasVisible(one + other)]).toEqual(['', false]);
    }
});

test.each(blanks.slice(0, -2))('%j within a text is found', (blank) => {
  expect(holdsInvisible(`R${blank}1`)).toBe(true);
});

test('a space, letters of any script and emoji are seen; what joins them stays', () => {
  expect(['R 1', 'Größe', '漢字'].map(holdsInvisible)).toEqual([false, false, false]);
  for (const text of ['❤\ufe0f', '\u05d0\u05d1\u200d', '👩\u200d🎨', '\u05d0\u05d1\u202e'])
    expect([trimInvisible(text), hasVisible(text)]).toEqual([text, true]);
  expect(['\u200d', '\ufe0f', '\u200c '].map(hasVisible)).toEqual([false, false, false]);
});
