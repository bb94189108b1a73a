import { expect, test } from 'vitest';
import { cleanLine, cleanText } from './clean-text.ts';
import { typedLine, typedText } from './inputs.ts';

const unreadable = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter((unit) =>
  /[\p{Cc}\p{Cf}\p{Cs}\p{Z}]/u.test(unit),
);

test('whatever control character, space or half of a character stands in a text, what is kept can be typed, and keeps its neighbours', () => {
  for (const unit of unreadable) {
    const text = `1${unit}2`; // digits compose with nothing
    const [line, lines] = [cleanLine(text, 10), cleanText(text, 10)];
    if (
      !typedLine(10).safeParse(line).success ||
      !typedText(10).safeParse(lines).success ||
      !/^1.*2$/s.test(line) ||
      !/^1.*2$/s.test(lines)
    ) {
      expect.fail(`U+${unit.charCodeAt(0).toString(16)} became ${JSON.stringify([line, lines])}`);
    }
  }
});

test('a text is cut to its length, and never within a character', () => {
  expect(cleanLine('x'.repeat(201), 200)).toBe('x'.repeat(200));
  expect(cleanLine(`${'x'.repeat(199)}😀`, 200)).toBe('x'.repeat(199));
  expect(cleanText(`${'x'.repeat(1999)}😀`, 2000)).toBe('x'.repeat(1999));
});

test('lines become one, or stay lines', () => {
  expect(cleanLine(' Ada\t\r\nLovelace\u2028 ', 200)).toBe('Ada Lovelace');
  expect(cleanText('First\r\nsecond\u2028third\u0000', 200)).toBe('First\r\nsecond\nthird');
});
