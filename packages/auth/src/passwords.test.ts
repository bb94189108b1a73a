import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { weaknessOf } from './passwords.ts';

const about = ['Ada Lovelace', 'ada.lovelace@signal.test', 'Paper & Signal'];

test.each([
  'password123456',
  '1234567890',
  'qwertyuiop12',
  'P@ssw0rd2024!',
  'iloveyou123',
  'Sunshine2026',
  'summer2026!',
  'letmein2026!',
  'trustno1trustno1',
  'aaaaaaaaaaaaaaaa',
  'abcabcabcabc',
  'Ada Lovelace 1815',
  'adalovelace',
  'ecalevol-ada',
  'ada.lovelace@signal.test',
  'paper&signal2026',
  'PaperSignalPaperSignal',
  'Windlass2026',
  'windlass-windlass',
])('%s is too easy to guess', async (password) =>
  expect(await weaknessOf(password, about)).toMatch(/^Too easy to guess\./),
);

test.each([
  'kettle under seven marble wharves',
  'another long password',
  'wet pebbles under brass',
  'xK9#vLq2!mTz',
  'paper kettle seven marble wharf',
  'Ünter vier Ölbäumen schläft',
  '日本語のとても長い合言葉',
])('%s is let pass', async (password) => expect(await weaknessOf(password, about)).toBeUndefined());

test('a password made to be slow to look at holds nothing else up', async () => {
  for (const password of [
    'a@4'.repeat(43),
    '1l!i'.repeat(32),
    'p@$$w0rd'.repeat(16),
    'qwerty'.repeat(21),
    '()[]{}'.repeat(21),
    'x'.repeat(128),
  ]) {
    const late = monitorEventLoopDelay({ resolution: 5 });
    late.enable();
    await weaknessOf(password.slice(0, 128), about);
    late.disable();
    expect([password.slice(0, 8), late.max / 1e6 < 300]).toEqual([password.slice(0, 8), true]);
  }
});
