import { expect, test } from 'vitest';
import { openSecret, sealSecret } from './sealed-secret.ts';

const mine = { master: 'the house’s own secret', owner: 'src_1' };

test('a sealed secret opens again, and two seals of it look different', () => {
  const sealed = sealSecret('shpss_1 ü', mine);
  expect(openSecret(sealed, mine)).toBe('shpss_1 ü');
  expect(sealed.includes('shpss_1')).toBe(false);
  expect(sealSecret('shpss_1 ü', mine)).not.toEqual(sealed);
});

test('another house, another row or a changed byte opens nothing', () => {
  const sealed = sealSecret('shpss_1', mine);
  const changed = Buffer.from(sealed);
  changed[changed.length - 1]! ^= 1;
  expect(openSecret(sealed, { ...mine, master: 'another' })).toBeUndefined();
  expect(openSecret(sealed, { ...mine, owner: 'src_2' })).toBeUndefined();
  expect(openSecret(changed, mine)).toBeUndefined();
});
