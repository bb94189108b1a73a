import { expect, test } from 'vitest';
import { isKeptKind, keptKinds, type FileKind } from '../src/file-kind.ts';
import { recogniseKind } from '../src/recognise-kind.ts';
import { sourceOf } from './make-pictures.ts';

const bytesOf = (text: string) => Buffer.from(text, 'latin1');
const kindOf = (bytes: Buffer | string, name?: string) =>
  recogniseKind(sourceOf(typeof bytes === 'string' ? bytesOf(bytes) : bytes), name);

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>';
const PDF = '%PDF-1.4\n1 0 obj<<>>endobj';
const EPS = '%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 72 72\n';
const PJL = '\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE = POSTSCRIPT\r\n';
const utf16 = (text: string, mark: string, swap: boolean) => {
  const bytes = Buffer.from(mark + text, 'utf16le');
  return swap ? bytes.swap16() : bytes;
};
const brands = (...all: string[]) =>
  `\0\0\0${String.fromCharCode(8 + 8 + 4 * (all.length - 1))}ftyp${all[0]}\0\0\0\0${all.slice(1).join('')}`;
const doctype = (declarations: string) =>
  `<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd" [\n${declarations}\n]>\n${SVG}`;

test.each<[FileKind, string, Buffer | string]>([
  ['svg', 'behind a byte order mark and blank lines', `\xef\xbb\xbf\n\n${SVG}`],
  ['svg', 'in UTF-16 with a mark', utf16(SVG, '\ufeff', false)],
  ['svg', 'in UTF-16, the other way round', utf16(SVG, '\ufeff', true)],
  ['svg', 'in UTF-16 without a mark', utf16(SVG, '', false)],
  ['svg', 'behind a comment of 20 kB', `<?xml version="1.0"?><!-- ${'made by hand '.repeat(1_600)}-->${SVG}`],
  ['svg', 'with a style sheet', `<?xml version="1.0"?><?xml-stylesheet href="a.css"?>${SVG}`],
  ['svg', 'whose names have a prefix', '<?xml version="1.0"?><svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>'],
  ['svg', 'with a document type', `<!DOCTYPE svg PUBLIC "x" "y">${SVG}`],
  [
    'svg',
    'with Illustrator’s entities',
    doctype(
      '<!ENTITY ns_svg "http://www.w3.org/2000/svg">\n<!-- of Adobe -->\n<!ENTITY ns_ai \'http://ns.adobe.com/AdobeIllustrator/10.0/\'>',
    ),
  ],
  ['pdf', 'behind a blank line', `\r\n${PDF}`],
  ['pdf', 'behind a mark and a printer’s words', `\xef\xbb\xbf${PJL}${PDF}`],
  ['eps', 'behind Ctrl-D', `\x04${EPS}`],
  ['eps', 'behind a printer’s words', PJL + EPS],
  ['eps', 'with a preview for Windows', '\xc5\xd0\xd3\xc6\x1e\0\0\0'],
  ['cdr', 'of CorelDRAW', 'RIFF\0\x01\0\0CDRAvrsn'],
  ['affinity', 'of Affinity', '\0\xffKA\x09\0\0\0'],
  ['indesign', 'of InDesign', '\x06\x06\xed\xf5\xd8\x1d\x46\xe5\xbd\x31'],
  ['xcf', 'of GIMP', 'gimp xcf v011'],
  ['dxf', 'for a cutter', '999\nmade by hand\n  0\r\nSECTION\r\n  2\r\nHEADER'],
  ['dxf', 'for a cutter, in bytes', 'AutoCAD Binary DXF\r\n\x1a\0'],
  ['wmf', 'of Windows', '\xd7\xcd\xc6\x9a\0\0'],
  ['emf', 'of Windows, newer', `\x01\0\0\0${'\0'.repeat(36)} EMF\0\0`],
  ['embroidery', 'of Tajima', `LA:LOGO${' '.repeat(12)}\rST:     12\rCO:  1\r`],
  ['embroidery', 'of Brother', '#PES0060'],
  ['embroidery', 'of Husqvarna', '%vsm%\0'],
  ['embroidery', 'of Janome', `\x7c\0\0\0\x14\0\0\x0020261129083000\0\0`],
  ['zip', 'an archive', 'PK\x03\x04'],
  ['heic', 'of an iPhone', brands('heic', 'mif1', 'heic')],
  ['avif', 'a picture of the same family', brands('avif', 'mif1')],
  ['video', 'a film', brands('isom', 'iso2', 'avc1')],
  ['raw', 'of a Canon', 'II*\0\x10\0\0\0CR\x02\0'],
  ['jpeg-xl', 'in a box', '\0\0\0\x0cJXL \r\n\x87\n'],
  ['html', 'a page', '<!doctype html><p>'],
  ['html', 'a page that names a PDF', `<html>${PDF}`],
  ['program', 'for Windows', 'MZ\x90\0'],
  ['gif', 'which moves', 'GIF89a'],
  ['empty', 'nothing at all', ''],
])('%s: %s', async (kind, _what, bytes) => {
  expect(await kindOf(bytes, 'whatever.jpg')).toBe(kind);
});

test.each([
  ['unfolds', doctype('<!ENTITY a "lol"><!ENTITY b "&a;&a;">')],
  ['looks elsewhere', doctype('<!ENTITY a SYSTEM "file:///etc/passwd">')],
  ['has a parameter', doctype('<!ENTITY % a "http://x.example/">')],
  ['holds an address that unfolds', doctype('<!ENTITY a "http://x.example/&b;">')],
  ['never closes', '<?xml version="1.0"?><!DOCTYPE svg ['],
])('an SVG whose document type %s is none', async (_what, text) => {
  expect(await kindOf(text)).toBe('unknown');
});

test('what is in a ZIP, a PDF or PostScript may be told by the name, and nothing else is', async () => {
  expect(await kindOf('%PDF-1.7', 'logo.ai')).toBe('ai');
  expect(await kindOf(EPS, 'LOGO.AI')).toBe('ai');
  expect(await kindOf('PK\x03\x04', 'shirt.cdr')).toBe('cdr');
  expect(await kindOf('PK\x03\x04', 'letter.docx')).toBe('office');
  expect(await kindOf('just words', 'logo.dst')).toBe('unknown');
  expect(await kindOf('%PDF-1.7', 'a.png')).toBe('pdf');
  expect(keptKinds.every(isKeptKind)).toBe(true);
});

test('a file is recognised by two reads of 64 kB at most', async () => {
  const source = sourceOf(bytesOf(`<!--${' '.repeat(300_000)}-->${SVG}`));
  expect(await recogniseKind(source)).toBe('unknown');
  expect([source.reads(), source.readBytes()]).toEqual([2, 4096 + 65_536]);
});
