import { StartFailure } from '../start-failure.ts';
import type { Applied } from './read-applied.ts';
import type { Migration } from './read-migrations.ts';

/**
 * The migrations still to apply, in order. Throws where ledger and files disagree: applying more on top of a history
 * that is not ours makes the damage larger.
 */
export function findPending(migrations: Migration[], applied: Applied[]): Migration[] {
  const files = new Map(migrations.map((migration) => [migration.name, migration]));
  const ahead = applied.filter(({ name }) => !files.has(name));
  if (ahead.length > 0) {
    throw new StartFailure(
      `The database is ahead of this build by ${ahead.map(({ name }) => name).join(', ')}: start the newer build, ` +
        'or point this one at another database.',
    );
  }
  for (const { name, checksum, finished } of applied) {
    if (!finished) {
      throw new StartFailure(
        `Migration ${name} failed before and was rolled back: mend its cause, then run ` +
          `"prisma migrate resolve --rolled-back ${name}" in packages/db and start again.`,
      );
    }
    if (files.get(name)?.checksum !== checksum) {
      throw new StartFailure(
        `Migration ${name} was changed after it had been applied: put its file back as it was and write the change as a new migration.`,
      );
    }
  }
  const known = new Set(applied.map(({ name }) => name));
  return migrations.filter(({ name }) => !known.has(name));
}
