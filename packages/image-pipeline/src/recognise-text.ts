import type { FileKind } from './file-kind.ts';

/** A page or a program, by how a text begins; what of SVG and DXF may begin likewise is told apart below. */
const PAGE = /^(<!doctype html|<html|<head|<body|<script|<\?php)/;
/** A prefix is part of the name: `svg:svg`. */
const SVG_ROOT = /^<([a-z_][\w.-]{0,60}:)?svg[\s/>]/;

/** SVG, a page or DXF, in UTF-8 or UTF-16. `unknown`: none of them. */
export function recogniseText(head: DataView): FileKind {
  const text = decode(head).toLowerCase().trimStart();
  if (PAGE.test(text)) return 'html';
  if (isDxf(text.slice(0, 2_000).split('\n'))) return 'dxf';
  return isSvg(text) ? 'svg' : 'unknown';
}

/** Pairs of lines, a code and a value; comments (999) may come first. */
function isDxf(lines: readonly string[]): boolean {
  let at = 0;
  while (lines[at]?.trim() === '999') at += 2;
  return lines[at]?.trim() === '0' && lines[at + 1]?.trim() === 'section';
}

/** By its mark; without one, by the zeros beside the first sign. */
function decode(head: DataView): string {
  const bytes = new Uint8Array(head.buffer, head.byteOffset, head.byteLength);
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return new TextDecoder('utf-16le').decode(bytes);
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}

/**
 * Steps over what may stand before an SVG's root, one thing after the other: an expression for all of it could be made
 * to search for ever.
 */
function isSvg(text: string): boolean {
  for (let rest = text; ; rest = rest.trimStart()) {
    if (rest.startsWith('<!--')) rest = after(rest, '-->');
    else if (rest.startsWith('<?')) rest = after(rest, '?>');
    else if (/^<!doctype\s+([a-z_][\w.-]{0,60}:)?svg\b/.test(rest)) rest = afterDoctype(rest);
    else return SVG_ROOT.test(rest);
  }
}

/** What follows the first of these; nothing where there is none. */
function after(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at === -1 ? '' : text.slice(at + mark.length);
}

const ENTITY = /^<!entity\s+[\w.-]{1,100}\s+("[^"%&<]{0,300}"|'[^'%&<]{0,300}')\s*>/;

/**
 * A document type with declarations of its own may unfold into anything; Illustrator writes one, of entities that stand
 * for plain addresses and hold no other. Those are let pass, comments too, and nothing else.
 */
function afterDoctype(text: string): string {
  const [open, close] = [text.indexOf('['), text.indexOf('>')];
  if (close === -1) return '';
  if (open === -1 || open > close) return text.slice(close + 1);
  let rest = text.slice(open + 1).trimStart();
  for (;;) {
    const entity = ENTITY.exec(rest);
    if (entity && isAddress(entity[1]!.slice(1, -1))) rest = rest.slice(entity[0].length).trimStart();
    else if (rest.startsWith('<!--')) rest = after(rest, '-->').trimStart();
    else return /^\]\s*>/.test(rest) ? after(rest, '>') : '';
  }
}

const isAddress = (value: string): boolean => /^(https?:\/\/|urn:)[\w./:#?=+~-]*$/.test(value);
