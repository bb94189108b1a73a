import { rgbaToThumbHash } from 'thumbhash';
import { expect, test } from 'vitest';
import { groundOf } from './thumbhash-picture.tsx';

/** A square of one colour in the middle of nothing. */
function hashOf(colour: [r: number, g: number, b: number], clear = true): string {
  const side = 20;
  const rgba = Uint8Array.from({ length: side * side * 4 }, (_, at) => {
    const [x, y] = [(at >> 2) % side, Math.floor((at >> 2) / side)];
    const inside = !clear || (x > 5 && x < 15 && y > 5 && y < 15);
    return at % 4 === 3 ? (inside ? 255 : 0) : inside ? colour[at % 4]! : 0;
  });
  return Buffer.from(rgbaToThumbHash(side, side, rgba)).toString('base64');
}

test('white art on nothing stands on a dark ground, dark and coloured art on a light one, and an opaque picture on none', () => {
  expect([hashOf([255, 255, 255]), hashOf([240, 240, 200])].map(groundOf)).toEqual(
    Array(2).fill('rounded-[inherit] bg-mat-dark'),
  );
  expect([hashOf([10, 10, 10]), hashOf([200, 30, 30]), hashOf([20, 60, 160])].map(groundOf)).toEqual(
    Array(3).fill('rounded-[inherit] bg-mat'),
  );
  expect([groundOf(hashOf([255, 255, 255], false)), groundOf(null), groundOf('AAAA')]).toEqual([false, false, false]);
});
