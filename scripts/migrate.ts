// Brings the database of DATABASE_URL up to date, for machines on which `npm start` does not run: once for each
// release, before its servers and workers start. Any number may run at once: they take turns.
import { migrate } from '../packages/db/src/migrate.ts';

const url = process.env.DATABASE_URL;
if (!url) {
  console.error('Set DATABASE_URL to the database to migrate.');
  process.exit(78);
}
const applied = await migrate(url);
console.log(applied.length > 0 ? `applied ${applied.join(', ')}` : 'the schema is up to date');
