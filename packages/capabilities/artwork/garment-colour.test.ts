import { expect, test } from 'vitest';
import { garmentColour } from './garment-colour.ts';

test.each([
  ['T-shirt, black', '#26282c'],
  ['T-Shirt SCHWARZ / L', '#26282c'],
  ['Hoodie royal-blue (M)', '#2a4d9e'],
  ['Royal Blue tee', '#2a4d9e'],
  ['Black Friday tee, navy', '#202b46'],
  ['Black & White tee, weiß', undefined],
  ['T-Shirt grün, Größe S', '#2f7d4f'],
])('%s is %s', (title, colour) => expect(garmentColour(title)).toBe(colour));

test.each(['T-shirt', 'Hundred pieces', 'Goldfish hoodie', 'Sandra’s blackout tee', ''])('%s names none', (title) =>
  expect(garmentColour(title)).toBeUndefined(),
);
