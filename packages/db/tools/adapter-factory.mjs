import { randomUUID } from 'node:crypto';
import { createDatabase, dropDatabase, withDatabase } from './database-url.mjs';
import { openAdapter } from './open-adapter.mjs';

/**
 * What the engine opens its connections with: the database itself, and an empty one to try migrations in. adapter-pg's
 * own spreads { connectionString, database }, where the connection string wins: its shadow would be the real database.
 * @param {{ url: string, shadowDatabaseUrl?: string }} datasource
 */
export function adapterFactory({ url, shadowDatabaseUrl }) {
  /** @type {{ dispose: () => Promise<void> }[]} */
  const opened = [];
  const open = async (address, afterClose) => {
    const adapter = await openAdapter(address, afterClose);
    opened.push(adapter);
    return adapter;
  };
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => open(url),
    connectToShadowDb: async () => {
      if (shadowDatabaseUrl) return open(shadowDatabaseUrl);
      const name = `prisma_migrate_shadow_db_${randomUUID()}`;
      await createDatabase(url, name);
      return open(withDatabase(url, name), () => dropDatabase(url, name));
    },
    // The engine leaves its own connection open, and with it the advisory lock of the migration: the next request would
    // wait for the lock until the pool drops the idle connection, 10 s later.
    closeAll: async () => {
      for (const adapter of opened) await adapter.dispose();
    },
  };
}
