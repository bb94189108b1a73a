import { expect, test } from 'vitest';
import { scrubOf } from './scrub.ts';

const { text, json } = scrubOf([
  'Ann',
  'Jo',
  'zed.o+1@shop.example',
  'Please\nring twice (really)',
  'owl-crest (final).png',
]);

test('a person’s texts are taken out whatever their case, a name only as a word of its own', () => {
  expect(text('ANN wrote to <Zed.O+1@Shop.Example>: 550 no such user')).toBe(
    'erased wrote to <erased>: 550 no such user',
  );
  expect(text('Annual report for Joan, 3 of 4')).toBe('Annual report for Joan, 3 of 4');
  for (const another of [
    'xzed.o+1@shop.example',
    'not.zed.o+1@shop.example',
    'zed.o+1@shop.example.org',
    'zed.o+1@shop.example-two.org',
  ])
    expect(text(another)).toBe(another);
  expect(text('RCPT TO:<zed.o+1@shop.example>. To zed.o+1@shop.example.')).toBe('RCPT TO:<erased>. To erased.');
  expect(text('owl-crest (final).png')).toBe('erased');
});

test('two letters are taken out only where they are all there is', () => {
  expect([text('Jo'), text('to Jo, with love')]).toEqual(['erased', 'to Jo, with love']);
});

test('in JSON numbers, dates and keys stay, and texts go at any depth', () => {
  expect(
    json({ by: 'Ann', ms: 4, at: '2026-01-01', notes: [{ note: 'please\nring twice (really)', none: null }] }),
  ).toEqual({
    by: 'erased',
    ms: 4,
    at: '2026-01-01',
    notes: [{ note: 'erased', none: null }],
  });
});
