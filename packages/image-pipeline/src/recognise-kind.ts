import { type ByteSource, readUpTo, textAt } from './byte-source.ts';
import type { FileKind } from './file-kind.ts';
import { recogniseText } from './recognise-text.ts';

/** So far into a file the first words of a PDF or PostScript may stand: readers look as far (ISO 32000, Annex H). */
const PREAMBLE = 1024;
/** Comments of a drawing program may be long. */
const TEXT = 64 * 1024;

type Signature = [kind: FileKind, text: string, at?: number];

/** Enough for a name; what no two kinds begin with stands in any order. */
const SIGNATURES: readonly Signature[] = [
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
  ['jpeg-xl', '\xff\x0a'],
  ['jpeg-xl', '\0\0\0\x0cJXL \r\n\x87\n'],
  ['jpeg-2000', '\0\0\0\x0cjP  \r\n\x87\n'],
  ['jpeg-2000', '\xff\x4f\xff\x51'],
  ['raw', 'II*\0\x10\0\0\0CR'],
  ['raw', 'IIRO'],
  ['raw', 'IIU\0'],
  ['raw', 'FUJIFILMCCD-RAW'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['tiff', 'II+\0'],
  ['tiff', 'MM\0+'],
  ['psd', '8BPS'],
  ['affinity', '\0\xffKA'],
  ['indesign', '\x06\x06\xed\xf5\xd8\x1d\x46\xe5'],
  ['xcf', 'gimp xcf'],
  ['wmf', '\xd7\xcd\xc6\x9a'],
  ['emf', ' EMF', 40],
  ['dxf', 'AutoCAD Binary DXF'],
  ['eps', '\xc5\xd0\xd3\xc6'],
  ['embroidery', '#PES'],
  ['embroidery', '#PEC'],
  ['embroidery', '%vsm%'],
  ['embroidery', '\x5b\xaf\xc8\0'],
  ['embroidery', '\x5d\xfc\xc8\0'],
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'],
  ['office', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['office', '{\\rtf'],
  ['video', '\x1aE\xdf\xa3'],
  ['program', 'MZ'],
  ['program', '\x7fELF'],
  ['program', '#!'],
];

/** Inside a ZIP a program's own file looks like any other: here the name may say which. */
const ZIPPED: Readonly<Record<string, FileKind>> = {
  cdr: 'cdr',
  docx: 'office',
  xlsx: 'office',
  pptx: 'office',
  odt: 'office',
  ods: 'office',
};

/**
 * What a file is by its first bytes. A name never makes it something else; it only tells an Illustrator file from the
 * PDF or PostScript that it is inside, and what is in a ZIP. One read, and a second where it is text.
 */
export async function recogniseKind(source: ByteSource, name = ''): Promise<FileKind> {
  if (source.size === 0) return 'empty';
  const head = await readUpTo(source, 0, 4096);
  const ending = /\.(\w+)$/.exec(name.toLowerCase())?.[1] ?? '';
  const known = SIGNATURES.find(([, text, at = 0]) => textAt(head, at, text.length) === text)?.[0] ?? byShape(head);
  if (known === 'zip') return ZIPPED[ending] ?? 'zip';
  if (known === 'eps') return ending === 'ai' ? 'ai' : 'eps';
  if (known) return known;
  const text = recogniseText(
    head.byteLength < source.size && looksLikeText(head) ? await readUpTo(source, 0, TEXT) : head,
  );
  if (text !== 'unknown') return text;
  const printed = printedKind(textAt(head, 0, Math.min(PREAMBLE, head.byteLength)));
  return printed && ending === 'ai' ? 'ai' : (printed ?? 'unknown');
}

/** What has no first word of its own. */
function byShape(head: DataView): FileKind | undefined {
  if (textAt(head, 4, 4) === 'ftyp') return isoKind(head);
  if (textAt(head, 0, 4) === 'RIFF') return riffKind(textAt(head, 8, 4));
  if (textAt(head, 0, 2) === 'BM' && head.byteLength > 14 && head.getUint32(6, true) === 0) return 'bmp';
  // Tajima: a header of lines, each a word and a figure. Janome: the day it was made, in digits.
  if (/^LA:[^\r]{16}\rST:/.test(textAt(head, 0, 24))) return 'embroidery';
  if (/^(19|20)\d{12}$/.test(textAt(head, 8, 14))) return 'embroidery';
  return undefined;
}

const riffKind = (form: string): FileKind | undefined =>
  form === 'WEBP' ? 'webp' : form.startsWith('CDR') ? 'cdr' : form === 'AVI ' ? 'video' : undefined;

/** HEIF is a family, and so are its cousins among the films: their brands say who. */
function isoKind(head: DataView): FileKind {
  const end = Math.min(head.byteLength, Math.max(16, head.getUint32(0)), 256);
  const brands: string[] = [textAt(head, 8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(textAt(head, at, 4));
  if (brands.includes('avif') || brands.includes('avis')) return 'avif';
  if (brands.some((brand) => /^(heic|heix|hevc|hevx|heim|heis|mif1|msf1)$/.test(brand))) return 'heic';
  if (brands.includes('crx ')) return 'raw';
  return brands.some((brand) => /^(isom|iso\d|mp4\d|avc1|qt {2}|M4V |3gp\d)$/.test(brand)) ? 'video' : 'unknown';
}

const looksLikeText = (head: DataView): boolean =>
  /^[\xef\xbb\xbf\xfe\xff\0\s]*</.test(textAt(head, 0, Math.min(64, head.byteLength)));

/** PDF and PostScript may stand behind blank lines, a printer's Ctrl-D or its job language. */
function printedKind(text: string): 'pdf' | 'eps' | undefined {
  const at = text.search(/%PDF-|%!PS/);
  if (at === -1) return undefined;
  return text.startsWith('%PDF-', at) ? 'pdf' : 'eps';
}
