import fs from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'prisma/config';

// Prisma downloads a native schema engine where none is named, which a machine behind a wall cannot. A named one wins.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, 'tools', 'schema-engine.mjs');

/** A running `npm start` keeps its database's address here, so that `prisma migrate dev` needs no setting. */
const addressFile = path.join(import.meta.dirname, '..', '..', process.env.WINDLASS_DATA ?? '.data', 'database-url');

function databaseUrl(): string {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  if (fs.existsSync(addressFile)) return fs.readFileSync(addressFile, 'utf8').trim();
  // `generate` and `validate` open no connection; whatever does will say that this address does not answer.
  return 'postgresql://windlass@127.0.0.1:1/start-windlass-first-or-set-DATABASE_URL';
}

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: databaseUrl() },
});
