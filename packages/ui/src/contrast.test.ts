import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, isInSrgb } from './oklch-contrast.ts';
import type { Oklch } from './oklch-contrast.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const pair =
  /--color-([\w-]+): light-dark\(oklch\(([\d.]+) ([\d.]+) ([\d.]+)\), oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)\);/g;

const light = new Map<string, Oklch>();
const dark = new Map<string, Oklch>();
for (const [, name, ...numbers] of css.matchAll(pair)) {
  const [l1, c1, h1, l2, c2, h2] = numbers.map(Number) as [number, number, number, number, number, number];
  light.set(name!, { l: l1, c: c1, h: h1 });
  dark.set(name!, { l: l2, c: c2, h: h2 });
}

const tones = ['neutral', 'info', 'success', 'warning', 'danger'];
const surfaces = ['canvas', 'sunken', 'raised', 'hover', 'accent-soft'];

/** [foreground, background, least ratio]: 4.5 for text, 3 for what only has to be seen (bars, edges, focus). */
const pairs: [string, string, number][] = [
  ...['ink', 'muted'].flatMap((text) =>
    [...surfaces, 'pressed'].map((on): [string, string, number] => [text, on, 4.5]),
  ),
  ...['canvas', 'sunken', 'raised', 'hover'].map((on): [string, string, number] => ['faint', on, 4.5]),
  ...['canvas', 'sunken', 'raised', 'hover', 'accent-soft'].map((on): [string, string, number] => [
    'accent-text',
    on,
    4.5,
  ]),
  ...['canvas', 'raised', 'sunken', 'accent-soft'].map((on): [string, string, number] => ['focus', on, 3]),
  ['edge', 'canvas', 3],
  ['edge', 'raised', 3],
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-hover', 4.5],
  ['on-danger', 'danger-solid', 4.5],
  ['on-danger', 'danger-hover', 4.5],
  ...tones.flatMap((tone): [string, string, number][] => [
    [`${tone}-text`, `${tone}-soft`, 4.5],
    ...surfaces.map((on): [string, string, number] => [`${tone}-text`, on, 4.5]),
    [`${tone}-solid`, 'canvas', 3],
    [`${tone}-solid`, 'raised', 3],
    [`${tone}-solid`, `${tone}-soft`, 3],
  ]),
];

describe.each([
  ['light', light],
  ['dark', dark],
])('%s theme', (_name, theme) => {
  const colour = (name: string): Oklch => {
    const found = theme.get(name);
    if (!found) throw new Error(`tokens.css has no --color-${name} written as light-dark(oklch(l c h), oklch(l c h))`);
    return found;
  };

  it.each(pairs)('%s is readable on %s (at least %d:1)', (text, on, least) => {
    expect(contrast(colour(text), colour(on))).toBeGreaterThanOrEqual(least);
  });

  it.each([...theme.keys()])('%s can be shown in sRGB as written', (name) => {
    expect(isInSrgb(colour(name))).toBe(true);
  });
});

it('black on white is 21:1, and equal colours are 1:1', () => {
  const black: Oklch = { l: 0, c: 0, h: 0 };
  const white: Oklch = { l: 1, c: 0, h: 0 };
  expect(contrast(black, white)).toBeCloseTo(21, 1);
  expect(contrast(white, white)).toBeCloseTo(1, 5);
});
