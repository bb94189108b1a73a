// `npm run new -- NAME [--remove]`: see README.md, Adding a capability.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readNames, register, REGISTERED_IN, unregister } from './registration.ts';
import { wordsFor } from './words.ts';
import { removeCapability, writeCapability } from './write-capability.ts';

const root = path.join(import.meta.dirname, '..', '..');
const [name, flag] = process.argv.slice(2);

try {
  if (!name || (flag !== undefined && flag !== '--remove')) throw new Error('npm run new -- NAME [--remove]');
  if (flag === '--remove') remove(name);
  else add(name);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

function add(many: string): void {
  const words = wordsFor(many, { names: readNames(root), prefixes: readPrefixes() });
  const written = writeCapability(root, words);
  register(root, many);
  format(`packages/capabilities/${many}`, ...REGISTERED_IN);
  console.log(`${written.length} files for ${many} (ids ${words.prefix}_…), named in ${REGISTERED_IN.length} others.

  npm run dev                                              its screen: /${many}
  npx tsc --noEmit                                         in packages/capabilities: types alone
  npx vitest run packages/capabilities/${many}             its tests
  npm run new -- ${many} --remove                          takes it out again
`);
}

function remove(many: string): void {
  if (!readNames(root).includes(many)) throw new Error(`There is no capability ${many}.`);
  removeCapability(root, many);
  unregister(root, many);
  format(...REGISTERED_IN);
  console.log(`${many} is gone. A database that had its migration keeps its table: make a new one, or drop it there.`);
}

/** Words of other lengths break lines elsewhere. */
function format(...files: string[]): void {
  execFileSync(process.execPath, [path.join(root, 'node_modules', 'oxfmt', 'bin', 'oxfmt'), ...files], { cwd: root });
}

/** What ids begin with: packages/db/src/ids.ts, and what capabilities add to it. */
function readPrefixes(): string[] {
  const files = ['packages/db/src/ids.ts', ...fs.globSync('packages/capabilities/*/contract.ts', { cwd: root })];
  return files.flatMap((file) => {
    const list = /interface IdPrefixes \{([^}]*)\}/.exec(fs.readFileSync(path.join(root, file), 'utf8'))?.[1] ?? '';
    return [...list.matchAll(/^\s*([a-z]+):/gm)].map(([, prefix]) => prefix!);
  });
}
