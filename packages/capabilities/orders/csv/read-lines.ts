import { refuseFile } from './refuse-file.ts';

/** `end`: the line break as it stands there; empty at the end of the file. */
export type TextLine = { line: number; text: string; end: string };

/**
 * In characters. A quotation mark that is never closed would otherwise swallow the rest of the file, and a line that
 * never ends the memory.
 */
export const MOST_LINE = 120_000;

/** Where a line, or a record of several, grows past it. */
export const refuseEndless = (line: number): Error =>
  refuseFile(
    'UNCLOSED_QUOTE',
    'this line does not end within 120 kB: most likely a quotation mark is opened and never closed.',
    line,
  );

/** The lines of a text that comes in pieces, numbered from 1, whatever machine it was written on. */
export async function* readLines(text: AsyncIterable<string>): AsyncGenerator<TextLine> {
  const lineBreak = /\r\n|\n|\r/g;
  let rest = '';
  let line = 1;
  for await (const piece of text) {
    // What was looked through before holds no line break, but for a carriage return that may be half of one.
    lineBreak.lastIndex = Math.max(0, rest.length - 1);
    rest += piece;
    let from = 0;
    for (
      let found = lineBreak.exec(rest);
      found && (found[0] !== '\r' || found.index + 1 < rest.length);
      found = lineBreak.exec(rest)
    ) {
      if (found.index - from > MOST_LINE) throw refuseEndless(line);
      yield { line, text: rest.slice(from, found.index), end: found[0] };
      from = found.index + found[0].length;
      line += 1;
    }
    rest = rest.slice(from);
    if (rest.length > MOST_LINE) throw refuseEndless(line);
  }
  const last = rest.endsWith('\r') ? '\r' : '';
  if (rest !== '') yield { line, text: rest.slice(0, rest.length - last.length), end: last };
}
