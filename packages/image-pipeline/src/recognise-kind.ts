import { type ByteSource, readUpTo, textAt } from './byte-source.ts';
import type { FileKind } from './file-kind.ts';

const HEAD = 4096;

/**
 * What a file is by its first bytes. A name never makes it something else; it only tells an Illustrator file from the PDF or PostScript
 * that it is inside. An SVG that declares entities is none: it may unfold into anything.
 */
export async function recogniseKind(source: ByteSource, name = ''): Promise<FileKind> {
  if (source.size === 0) return 'empty';
  const head = await readUpTo(source, 0, HEAD);
  const illustrator = /\.ai$/i.test(name);
  const starts = (text: string, at = 0) => textAt(head, at, text.length) === text;
  if (starts('\xff\xd8\xff')) return 'jpeg';
  if (starts('\x89PNG\r\n\x1a\n')) return 'png';
  if (starts('RIFF') && starts('WEBP', 8)) return 'webp';
  if (starts('ftyp', 4)) return isoKind(head);
  if (starts('II*\0') || starts('MM\0*') || starts('II+\0') || starts('MM\0+')) return 'tiff';
  if (starts('GIF87a') || starts('GIF89a')) return 'gif';
  if (starts('BM') && head.byteLength > 14 && head.getUint32(6, true) === 0) return 'bmp';
  if (starts('%PDF-')) return illustrator ? 'ai' : 'pdf';
  if (starts('%!PS') || starts('\xc5\xd0\xd3\xc6')) return illustrator ? 'ai' : 'eps';
  if (starts('8BPS')) return 'psd';
  if (starts('PK\x03\x04') || starts('PK\x05\x06')) return 'zip';
  return textKind(new TextDecoder('utf-8').decode(new Uint8Array(head.buffer, head.byteOffset, head.byteLength)));
}

/** HEIF is a family: its brands say who. */
function isoKind(head: DataView): FileKind {
  const end = Math.min(head.byteLength, Math.max(16, head.getUint32(0)), 256);
  const brands: string[] = [textAt(head, 8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(textAt(head, at, 4));
  if (brands.includes('avif') || brands.includes('avis')) return 'avif';
  return brands.some((brand) => /^(heic|heix|hevc|hevx|heim|heis|mif1|msf1)$/.test(brand)) ? 'heic' : 'unknown';
}

/** Steps over what may stand before an SVG's root, one thing after the other: an expression for all of it could be made to search for ever. */
function textKind(text: string): FileKind {
  const lower = text.replace(/^\ufeff/, '').toLowerCase();
  if (lower.includes('<!entity')) return 'unknown';
  let rest = lower.trimStart();
  if (/^(<!doctype html|<html|<head|<body|<script|<\?php)/.test(rest)) return 'html';
  for (;;) {
    const [opens, closes] = rest.startsWith('<!--') ? ['<!--', '-->'] : rest.startsWith('<?xml') ? ['<?xml', '?>'] : rest.startsWith('<!doctype svg') ? ['<!doctype svg', '>'] : [];
    if (!opens || !closes) return /^<svg[\s>]/.test(rest) ? 'svg' : 'unknown';
    const end = rest.indexOf(closes, opens.length);
    // A document type with a part of its own may declare anything.
    if (end === -1 || rest.slice(0, end).includes('[')) return 'unknown';
    rest = rest.slice(end + closes.length).trimStart();
  }
}
