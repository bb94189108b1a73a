import type { TextLine } from './read-lines.ts';
import { countKnown } from './read-header.ts';
import { refuseFile } from './refuse-file.ts';
import { createSplitter } from './split-record.ts';

export type FoundHeader = {
  delimiter: string;
  /** The header and what was read of the lines below it. */ lines: TextLine[];
  /** Lines above it say something. */ titled: boolean;
};

const SEPARATORS = [',', ';', '\t'];
/** Titles and blank lines stand above a header, if any do; further down there is none. */
const MOST_ABOVE = 20;
/** A line of fewer is no table's. */
const LEAST_CELLS = 3;
/** With the blank ones between. */
const MOST_READ = 200;
/** Fewer of our columns than these are a title that happens to hold one of our words. */
const LEAST_KNOWN = 2;
/** By which spreadsheets are told the separator. */
const TOLD = /^\ufeff*"?sep=(.)"?\1*$/i;

const isBlank = (text: string): boolean => !/[^\s,;"\ufeff\u00a0]/.test(text);
const cut = (text: string, delimiter: string): string[] =>
  text.split(delimiter).map((cell) => cell.replaceAll('"', ''));

/**
 * Looks at the first lines for the one that names most of our columns by one of the separators: spreadsheets put a
 * title, blank lines or
 * `sep=;` above. Where none does, the first line that says anything is taken for the header, and will be refused as
 * one.
 */
export async function findHeader(lines: AsyncIterator<TextLine>): Promise<FoundHeader> {
  const head: TextLine[] = [];
  let told: string | undefined;
  let best: { at: number; known: number; delimiter: string } | undefined;
  for (let above = 0; above < MOST_ABOVE && head.length < MOST_READ;) {
    const next = await lines.next();
    if (next.done) break;
    const { text } = next.value;
    const blank = isBlank(text);
    if (!best && blank) continue;
    if (!best && told === undefined) {
      told = TOLD.exec(text)?.[1];
      if (told !== undefined) continue;
    }
    head.push(next.value);
    if (blank) continue;
    above += 1;
    for (const delimiter of told ? [told, ...SEPARATORS] : SEPARATORS) {
      const known = countKnown(cut(text, delimiter));
      if (!best || known > best.known) best = { at: head.length - 1, known, delimiter };
    }
  }
  if (!best) throw refuseFile('EMPTY_FILE', 'The file is empty. The first line names the columns.');
  const found = best.known < LEAST_KNOWN ? (findTable(head, told ? [told] : SEPARATORS) ?? { ...best, at: 0 }) : best;
  return { delimiter: found.delimiter, lines: head.slice(found.at), titled: found.at > 0 };
}

/** Of names that nobody knows: the first line of several cells with several below it. Titles have fewer. */
function findTable(
  head: readonly TextLine[],
  separators: readonly string[],
): { at: number; delimiter: string } | undefined {
  const width = (text: string, delimiter: string) => {
    const splitter = createSplitter(delimiter);
    return splitter.add(text.replace(/^\ufeff+/, ''), '') === 'whole' ? splitter.cells.length : undefined;
  };
  for (const [at, { text }] of head.entries()) {
    const below = head.slice(at + 1).find((line) => !isBlank(line.text));
    const cuts = separators.map((delimiter) => ({ delimiter, cells: width(text, delimiter) ?? 0 }));
    const { delimiter, cells } = cuts.toSorted((a, b) => b.cells - a.cells)[0]!;
    const cellsBelow = below && width(below.text, delimiter);
    if (cells >= LEAST_CELLS && (cellsBelow === undefined || cellsBelow >= LEAST_CELLS)) return { at, delimiter };
  }
  return undefined;
}
