import { expect, test } from 'vitest';
import { parseExact } from './parse-exact.ts';

test('numbers keep every digit they were sent with', () => {
  expect(parseExact('{"id":820982911946154508,"price":0.10,"list":[1e3,-0],"text":"1"}')).toEqual({
    id: '820982911946154508',
    price: '0.10',
    list: ['1e3', '-0'],
    text: '1',
  });
});

test('what is no JSON, or nested beyond reason, is refused and not a crash', () => {
  expect(() => parseExact('{"id":')).toThrow(SyntaxError);
  expect(() => parseExact('['.repeat(500_000) + ']'.repeat(500_000))).toThrow();
});
