import fs from 'node:fs';
import path from 'node:path';
import type { History } from '../history.ts';

type LogLine = { level?: string; time?: string; msg?: string; err?: { message?: string } };

/**
 * Writes what the programs of a run said of themselves as an error, so that the checkers need nothing but the history.
 * `endings`: when one was told to end (epoch, ms). What it says from then on is of work that it cut off, and that
 * somebody else is asked for again.
 */
export function writeFaults(folder: string, history: History, endings: ReadonlyMap<string, number>): void {
  for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.log'))) {
    const program = path.basename(file, '.log');
    for (const text of fs.readFileSync(path.join(folder, file), 'utf8').split('\n')) {
      const line = parse(text);
      if (line?.level !== 'error' && line?.level !== 'fatal') continue;
      if (Date.parse(line.time ?? '') > (endings.get(program) ?? Number.POSITIVE_INFINITY)) continue;
      history.write({ what: 'logged', program, text: `${line.msg ?? ''} ${line.err?.message ?? ''}`.trim() });
    }
  }
}

/** Undefined for what is not of our logger: Node's own warnings. */
function parse(text: string): LogLine | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return undefined; // a line that a kill cut off
  }
}
