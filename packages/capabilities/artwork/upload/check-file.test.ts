import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkFile } from './check-file.ts';

/** A PNG of one pixel. */
const png = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);
const named = (name: string, bytes: BlobPart) => new File([bytes], name);

test('pictures and files that are kept as they are may go', async () => {
  const files = [
    named('a.png', png),
    named('a.txt', png),
    named('a.pdf', '%PDF-1.7\n'),
    named('a.psd', '8BPS'),
    named('a.zip', 'PK\x03\x04'),
    named('a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'),
  ];
  expect(await Promise.all(files.map(checkFile))).toEqual(files.map(() => undefined));
});

test('what would be refused is refused here, with what to do', async () => {
  const huge = png.slice();
  new DataView(huge.buffer).setUint32(16, 40_000);
  new DataView(huge.buffer).setUint32(20, 40_000);
  const large = named('large.tif', 'II*\0');
  Object.defineProperty(large, 'size', { value: 600 * 1024 * 1024 });
  expect(await checkFile(named('a.png', ''))).toMatch(/empty.*again/);
  expect(await checkFile(large)).toMatch(/512 MB/);
  expect(await checkFile(named('photo.jpg', '<!doctype html><p>hello'))).toMatch(/web page\. .*save it/);
  expect(await checkFile(named('noise.png', randomBytes(5_000)))).toMatch(/none of the files we take/);
  expect(
    await checkFile(named('entities.svg', '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "a">]><svg>&a;</svg>')),
  ).toMatch(/none of the files we take/);
  expect(await checkFile(named('IMG_0001.HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'))).toMatch(
    /HEIC photo.*iPhone.*JPEG/,
  );
  expect(await checkFile(named('huge.png', huge))).toMatch(/pixels|damaged/);
  expect(await checkFile(named('cut.png', png.slice(0, 60)))).toMatch(/cut off|damaged/);
});
