import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { capabilityNames } from '../../packages/capabilities/names.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** What both programs have to know, since either may end a job or settle a message: the lines of a plug that say it. */
const PARTS = /^ {2}(?:jobLives|messageSettlers)\b.*/gm;

function brings(capability: string, program: 'server' | 'worker'): string[] {
  const file = path.join(root, 'packages/capabilities', capability, program, 'plug.ts');
  return existsSync(file) ? (readFileSync(file, 'utf8').match(PARTS) ?? []).toSorted() : [];
}

test.each(capabilityNames)('what ends with a job of %s ends in both programs', (capability) => {
  expect(brings(capability, 'server')).toEqual(brings(capability, 'worker'));
});
