import fs from 'node:fs';
import path from 'node:path';

const upTo = (prefix: string, last: number): string[] => Array.from({ length: last }, (_, i) => `${prefix}${i + 1}`);

/**
 * Every line of the reports built so far and of what holds for all of them. A number that goes missing is a promise
 * that went missing.
 */
export const requirementNumbers: readonly string[] = [
  ...upTo('SX.', 7),
  ...upTo('S0.', 40),
  ...upTo('S2.', 38),
  'S4.18',
  'S4.19',
  'S4.20',
  'S4.21',
];

const ROW = /^\| (S[X024]\.\d+) \|/;
/** `a/file.ts` followed by any number of “names” of tests in it. */
const PROOF = /`([\w./-]+)`((?:\s*“[^”]+”,?)*)/g;

/**
 * Reads docs/requirements.md and says what is wrong with it, in sentences that say what to mend: a number that is
 * missing or stands twice, a line without a proof, a file that does not exist, a test of a name that its file does not
 * have. Empty: nothing.
 */
export function checkRequirements(text: string, root: string): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const line of text.split('\n')) {
    const number = ROW.exec(line)?.[1];
    if (!number) continue;
    if (seen.has(number)) faults.push(`${number} stands twice: keep one line.`);
    seen.add(number);
    const proofs = [...(line.split(' | ').at(-1) ?? '').matchAll(PROOF)];
    if (proofs.length === 0) faults.push(`${number} names nothing that shows it: name a file, and the test in it.`);
    for (const [, file, names] of proofs) faults.push(...checkProof(number, { file: file!, names: names ?? '' }, root));
  }
  for (const number of requirementNumbers)
    if (!seen.has(number)) faults.push(`${number} is missing: add its line to docs/requirements.md.`);
  for (const number of seen)
    if (!requirementNumbers.includes(number)) faults.push(`${number} is no requirement: correct its number.`);
  return faults;
}

function checkProof(number: string, { file, names }: { file: string; names: string }, root: string): string[] {
  const full = path.join(root, file);
  if (!fs.existsSync(full)) return [`${number}: there is no ${file}. Name the file that shows it now.`];
  const tests = [...names.matchAll(/“([^”]+)”/g)].map(([, name]) => name!);
  if (tests.length === 0) return [];
  const source = fs.readFileSync(full, 'utf8');
  return tests
    .filter((name) => !source.includes(name))
    .map((name) => `${number}: ${file} has no test “${name}”. Name the one that shows it now.`);
}
