import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** One migration of this build. `checksum` is the sha256 of the file's bytes in hex, as Prisma keeps it. */
export type Migration = { name: string; sql: string; checksum: string };

/** The migrations in a folder of Prisma's form (`<name>/migration.sql`), in the order they apply. */
export function readMigrations(folder: string): Migration[] {
  const names = fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  return names.toSorted().map((name) => {
    const bytes = fs.readFileSync(path.join(folder, name, 'migration.sql'));
    return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') };
  });
}
