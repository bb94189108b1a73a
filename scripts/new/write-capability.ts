import fs from 'node:fs';
import path from 'node:path';
import { inWordsOf, type Words } from './words.ts';

const SKELETON = path.join(import.meta.dirname, 'skeleton');
const ENDING = '.template';
const MIGRATIONS = 'packages/db/prisma/migrations';

const folderOf = (many: string) => `packages/capabilities/${many}`;
const schemaOf = (many: string) => `packages/db/prisma/schema/${many}.prisma`;

/** Where a file of the skeleton goes; `at`: when the migration was made, as its folder says it. */
function placeOf(file: string, words: Words, at: string): string {
  const name = inWordsOf(words, file.slice(0, -ENDING.length));
  if (name === 'schema.prisma') return schemaOf(words.many);
  if (name === 'migration.sql') return `${MIGRATIONS}/${at}_${words.many}/migration.sql`;
  return `${folderOf(words.many)}/${name}`;
}

/** Writes a capability's own files, and answers their paths from the root. `now` dates its migration. */
export function writeCapability(root: string, words: Words, now = new Date()): string[] {
  const at = now.toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const files = fs.globSync(`**/*${ENDING}`, { cwd: SKELETON }).toSorted();
  return files.map((file) => {
    const place = placeOf(file, words, laterThanAll(root, at));
    fs.mkdirSync(path.dirname(path.join(root, place)), { recursive: true });
    fs.writeFileSync(path.join(root, place), inWordsOf(words, fs.readFileSync(path.join(SKELETON, file), 'utf8')));
    return place;
  });
}

/** Migrations run in the order of their names: after the last there is, also where that one is dated ahead. */
function laterThanAll(root: string, at: string): string {
  const last = fs
    .readdirSync(path.join(root, MIGRATIONS))
    .flatMap((name) => /^\d{14}/.exec(name)?.[0] ?? [])
    .toSorted()
    .at(-1);
  return last === undefined || at > last ? at : String(BigInt(last) + 1n);
}

/** Removes what `writeCapability` wrote, with whatever was added to its folder. */
export function removeCapability(root: string, many: string): void {
  const migrations = fs.readdirSync(path.join(root, MIGRATIONS)).filter((name) => name.endsWith(`_${many}`));
  for (const place of [folderOf(many), schemaOf(many), ...migrations.map((name) => `${MIGRATIONS}/${name}`)])
    fs.rmSync(path.join(root, place), { recursive: true, force: true });
}
