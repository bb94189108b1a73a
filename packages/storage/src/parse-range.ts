/** `start` and `end` are inclusive; of an empty object the whole is 0 to -1. */
export type ParsedRange = { kind: 'whole' | 'part'; start: number; end: number } | { kind: 'unsatisfiable' };

const SINGLE_RANGE = /^bytes=(\d*)-(\d*)$/i;

/**
 * Reads a Range header (RFC 9110, 14.1) for an object of `size` bytes. One range is honoured; several, and anything
 * malformed, are ignored as the RFC allows, since a thousand ranges in one header are an attack and no download manager
 * needs two. Answer 200 to `whole`, 206 to `part`, and 416 with the size in Content-Range to
 * `unsatisfiable`.
 */
export function parseRange(header: string | null | undefined, size: number): ParsedRange {
  const whole = { kind: 'whole', start: 0, end: size - 1 } as const;
  const match = SINGLE_RANGE.exec(header?.trim() ?? '');
  if (match === null) return whole;
  const [, first = '', last = ''] = match;

  if (first === '') {
    if (last === '') return whole;
    const length = Math.min(Number(last), size);
    return length === 0 ? { kind: 'unsatisfiable' } : { kind: 'part', start: size - length, end: size - 1 };
  }
  const start = Number(first);
  if (last !== '' && isBelow(last, first)) return whole;
  if (start >= size) return { kind: 'unsatisfiable' };
  return { kind: 'part', start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}

/** Compares as integers: beyond 2^53 numbers lose the difference. */
function isBelow(a: string, b: string): boolean {
  return BigInt(a) < BigInt(b);
}
