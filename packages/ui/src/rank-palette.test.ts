import { expect, it } from 'vitest';
import { rankPalette } from './rank-palette.tsx';
import type { PaletteGroup } from './rank-palette.tsx';

const run = (): void => {};
const groups: PaletteGroup[] = [
  {
    label: 'Do',
    actions: [
      { label: 'Approve 12 orders waiting', keywords: ['accept'], run },
      { label: 'Start an import', run },
    ],
  },
  {
    label: 'Go to',
    actions: [
      { label: 'Orders', run },
      { label: 'Artwork', run },
    ],
  },
  { label: 'Nothing', actions: [] },
];
const labels = (query: string): string[][] =>
  rankPalette(groups, query).map((group) => group.actions.map((action) => action.label));

it('the best match comes first, whichever group it is in', () => {
  expect(labels('art')[0]?.[0]).toBe('Artwork');
  expect(labels('import')[0]?.[0]).toBe('Start an import');
});

it('an action is found by its other words', () => {
  expect(labels('accept')).toEqual([['Approve 12 orders waiting']]);
});

it('with nothing typed all stands in its own order, without empty groups', () => {
  expect(labels('')).toEqual([
    ['Approve 12 orders waiting', 'Start an import'],
    ['Orders', 'Artwork'],
  ]);
});

it('what matches nothing leaves nothing', () => {
  expect(labels('zzz')).toEqual([]);
});

it('what the caller found is kept as it came and stands first', () => {
  const found: PaletteGroup = { label: 'Orders', found: true, actions: [{ label: '#1042 Harbour Press', run }] };
  expect(rankPalette([...groups, found], 'art')[0]).toBe(found);
});
