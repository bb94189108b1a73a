import { createHash } from 'node:crypto';

/** In characters. Header cells are names; a longer one is told apart by its beginning and its place. */
const MOST_KEY = 100;

/**
 * What each column of a file is called when somebody chooses it: its name as `normaliseName` writes it, numbered where
 * another has it already, and by its place where it has none. Names hold no space, so that neither is mistaken for one.
 */
export function columnKeys(names: readonly string[]): string[] {
  const taken = new Map<string, number>();
  return names.map((name, i) => {
    const base = name.slice(0, MOST_KEY);
    const before = taken.get(base) ?? 0;
    taken.set(base, before + 1);
    return base === '' ? `column ${i + 1}` : before > 0 ? `${base} ${before + 1}` : base;
  });
}

/** By which files of one kind are known again: the set of their columns, in whatever order. SHA-256. */
export const fingerprintOf = (keys: readonly string[]): Buffer =>
  createHash('sha256').update(keys.toSorted().join('\n')).digest();
