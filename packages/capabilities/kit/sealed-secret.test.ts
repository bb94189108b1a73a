import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { sealKeyList, sealKeysOf } from './seal-keys.ts';
import { openSealed, openSecret, sealSecret } from './sealed-secret.ts';

const AUTH_SECRET = 'what sessions are signed with';
const ONE = `one:${'1'.repeat(32)}`;
const TWO = `two:${'2'.repeat(32)}`;
const keysOf = (list?: string, authSecret = AUTH_SECRET) =>
  sealKeysOf({ SEAL_KEYS: list === undefined ? undefined : sealKeyList.parse(list), AUTH_SECRET: authSecret });
const mine = { keys: keysOf(ONE), owner: 'src_1' };

/** As the last release sealed; `nonce` may be chosen here. */
function sealFormerly(secret: string, owner: string, nonce = randomBytes(12)): Buffer {
  const key = Buffer.from(hkdfSync('sha256', AUTH_SECRET, '', 'windlass sealed secret', 32));
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

test('a sealed secret opens again, and two seals of it look different', () => {
  const sealed = sealSecret('shpss_1 ü', mine);
  expect(openSecret(sealed, mine)).toBe('shpss_1 ü');
  expect(sealed.includes('shpss_1')).toBe(false);
  expect(sealSecret('shpss_1 ü', mine)).not.toEqual(sealed);
  expect(openSecret(sealSecret('', mine), mine)).toBe('');
});

test('another house, another row or a key that is not there opens nothing', () => {
  const sealed = sealSecret('shpss_1', mine);
  expect(openSecret(sealed, { ...mine, keys: keysOf(`one:${'3'.repeat(32)}`) })).toBeUndefined();
  expect(openSecret(sealed, { ...mine, owner: 'src_2' })).toBeUndefined();
  expect(openSecret(sealed, { ...mine, keys: keysOf(TWO) })).toBeUndefined();
  expect(openSecret(sealed, { ...mine, keys: keysOf() })).toBeUndefined();
});

test('whichever byte is changed, and wherever it is cut off, nothing opens', () => {
  for (const sealed of [sealSecret('shpss_1', mine), sealFormerly('shpss_1', mine.owner)])
    for (let i = 0; i < sealed.length; i += 1) {
      const changed = Buffer.from(sealed);
      changed[i]! ^= 1;
      expect(openSecret(changed, mine), `byte ${i}`).toBeUndefined();
      expect(openSecret(sealed.subarray(0, i), mine), `${i} bytes`).toBeUndefined();
    }
});

test('a secret under one key cannot be passed off as another key’s', () => {
  const same = keysOf(`one:${'1'.repeat(32)},two:${'1'.repeat(32)}`);
  const sealed = sealSecret('shpss_1', { ...mine, keys: same });
  const renamed = Buffer.from(sealed.toString('latin1').replace('one', 'two'), 'latin1');
  expect(openSecret(sealed, { ...mine, keys: same })).toBe('shpss_1');
  expect(openSecret(renamed, { ...mine, keys: same })).toBeUndefined();
});

test('a key is replaced: both open, the first one seals, and then the old one may go', () => {
  const before = sealSecret('shpss_1', mine);
  const both = { ...mine, keys: keysOf(`${TWO},${ONE}`) };
  expect(openSealed(before, both)).toEqual({ secret: 'shpss_1', keyId: 'one' });
  const anew = sealSecret('shpss_1', both);
  expect(openSealed(anew, both)).toEqual({ secret: 'shpss_1', keyId: 'two' });
  expect(openSecret(anew, { ...mine, keys: keysOf(`${ONE},${TWO}`) })).toBe('shpss_1');
  expect(openSecret(anew, { ...mine, keys: keysOf(TWO) })).toBe('shpss_1');
});

test('what AUTH_SECRET sealed opens, with and without keys of their own, also where its nonce looks like a head', () => {
  const disguised = Buffer.from('wls1\u0003onexxxx', 'latin1');
  for (const sealed of [sealFormerly('shpss_1 ü', 'src_1'), sealFormerly('shpss_1 ü', 'src_1', disguised)]) {
    expect(openSealed(sealed, mine)).toEqual({ secret: 'shpss_1 ü', keyId: null });
    expect(openSecret(sealed, { ...mine, keys: keysOf() })).toBe('shpss_1 ü');
    expect(openSecret(sealed, { ...mine, owner: 'src_2' })).toBeUndefined();
    expect(openSecret(sealed, { ...mine, keys: keysOf(ONE, 'another') })).toBeUndefined();
  }
});

test('AUTH_SECRET seals nothing: what is sealed opens with another, and without a key nothing is sealed', () => {
  expect(openSecret(sealSecret('shpss_1', mine), { ...mine, keys: keysOf(ONE, 'another') })).toBe('shpss_1');
  expect(() => sealSecret('shpss_1', { ...mine, keys: keysOf() })).toThrow('SEAL_KEYS');
});
