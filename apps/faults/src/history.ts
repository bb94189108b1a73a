import fs from 'node:fs';
import type { Entry } from './entry.ts';

/** A line of the file: what happened, and when, in ms since the run began. */
export type Line = Entry & { at: number };

export type History = {
  /** Appends a line now, so that a run that is killed has told everything up to that moment. */
  write(entry: Entry): void;
  /** ms since the run began. */
  now(): number;
  /** Everything so far, read back from the file: what is checked is what can be looked at later. */
  read(): Line[];
  close(): void;
};

/** What happened in a run, one JSON object a line, written while it happens. */
export function openHistory(file: string): History {
  const begun = performance.now();
  const descriptor = fs.openSync(file, 'w');
  const now = () => Math.round((performance.now() - begun) * 10) / 10;
  return {
    now,
    write: (entry) => void fs.writeSync(descriptor, `${JSON.stringify({ at: now(), ...entry })}\n`),
    read: () => readHistory(file),
    close: () => fs.closeSync(descriptor),
  };
}

/** The lines of a history file. */
export function readHistory(file: string): Line[] {
  const lines = fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Line);
}
