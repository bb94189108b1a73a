import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkRequirements, requirementNumbers } from './requirements.ts';

const root = path.join(import.meta.dirname, '..', '..');
const page = fs.readFileSync(path.join(root, 'docs', 'requirements.md'), 'utf8');

test('docs/requirements.md names for every requirement what shows it, and all of that exists', () => {
  expect(checkRequirements(page, root)).toEqual([]);
});

test('a missing line, one that stands twice, one without a proof, a file and a test that are gone are found, each with what to mend', () => {
  const rows = requirementNumbers.map((number) => `| ${number} | what | \`README.md\` |`);
  const planted = [
    ...rows.filter((row) => !/^\| S0\.(37|38|39|40) /.test(row)),
    '| S0.37 | what | trust us |',
    '| S0.38 | what | `apps/nowhere.test.ts` “something” |',
    '| S0.39 | what | `README.md` “a test nobody wrote” |',
    '| S0.39 | again | `README.md` |',
    '| S0.99 | what | `README.md` |',
  ].join('\n');
  expect(checkRequirements(planted, root)).toEqual([
    expect.stringMatching(/^S0\.37 names nothing/),
    expect.stringMatching(/^S0\.38: there is no apps\/nowhere/),
    expect.stringMatching(/^S0\.39: .* has no test “a test nobody wrote”/),
    expect.stringMatching(/^S0\.39 stands twice/),
    expect.stringMatching(/^S0\.40 is missing/),
    expect.stringMatching(/^S0\.99 is no requirement/),
  ]);
});
