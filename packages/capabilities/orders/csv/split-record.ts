/** `stray`: a quotation mark where none may be. `open`: the record goes on in the next line. */
export type RecordState = 'whole' | 'open' | 'stray';

/** A cell in quotation marks; also as ="0012", by which spreadsheets are told that it is text. */
const OPENING = /\ufeff*(=?)"/y;

/**
 * Takes one record apart, line by line, in time that grows with its length alone. In files of tabs a quotation mark
 * within a bare cell is an inch mark: nothing there needs quoting but tabs and line breaks.
 */
export function createSplitter(delimiter: string) {
  const cells: string[] = [];
  /** What a cell in quotation marks holds so far; undefined: none is open. */
  let open: string | undefined;
  let isFormula = false;

  function takeQuoted(text: string, from: number): number | 'open' | 'stray' {
    for (let at = from; ;) {
      const quote = text.indexOf('"', at);
      if (quote < 0) {
        open += text.slice(at);
        return 'open';
      }
      open += text.slice(at, quote);
      const next = text[quote + 1];
      if (next !== '"') {
        if (next !== undefined && next !== delimiter) return 'stray';
        cells.push(isFormula ? `="${open}"` : open!);
        open = undefined;
        return quote + 1;
      }
      open += '"';
      at = quote + 2;
    }
  }

  /** `lineBreak`: what stands between this line and the one before it. */
  function add(text: string, lineBreak: string): RecordState {
    let at = 0;
    if (open !== undefined) open += lineBreak;
    for (;;) {
      OPENING.lastIndex = at;
      const opening = open === undefined && OPENING.exec(text);
      if (opening) {
        open = '';
        isFormula = opening[1] === '=';
        at = OPENING.lastIndex;
      }
      if (open !== undefined) {
        const end = takeQuoted(text, at);
        if (typeof end !== 'number') return end;
        at = end;
      } else {
        const end = text.indexOf(delimiter, at);
        const cell = text.slice(at, end < 0 ? text.length : end);
        if (delimiter !== '\t' && cell.includes('"')) return 'stray';
        cells.push(cell);
        at += cell.length;
      }
      if (at >= text.length) return 'whole';
      at += 1; // the delimiter
    }
  }

  return { add, cells };
}
