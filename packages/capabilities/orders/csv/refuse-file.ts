import { Refusal } from '../../kit/refusal.ts';

/** A file that cannot be read on: nothing of it is kept. `line` counts from 1, the header. */
export function refuseFile(code: string, sentence: string, line?: number): Refusal {
  const kind = code === 'FILE_TOO_LARGE' ? 'too-large' : 'invalid';
  const fields = line === undefined ? {} : { fields: { line: String(line) } };
  return new Refusal(kind, code, {
    message: line === undefined ? sentence : `Line ${line.toLocaleString('en')}: ${sentence}`,
    ...fields,
  });
}
