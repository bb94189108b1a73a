import fs from 'node:fs';
import path from 'node:path';
import { startEmbedded } from '../../packages/db/src/embedded.ts';
import { openClient } from '../../packages/db/src/embedded/open-client.ts';
import { migrate } from '../../packages/db/src/migrate.ts';
import { StartFailure } from '../../packages/db/src/start-failure.ts';
import type { Launch } from './launch.ts';

/**
 * A database that answers and is migrated: the one DATABASE_URL names, else PostgreSQL in the data folder. Answers its
 * address.
 */
export async function startDatabase(data: string, given: string | undefined, launch: Launch): Promise<string> {
  const url = given ? await reachDatabase(given) : await startEmbeddedDatabase(data, launch);
  launch.stopping.throwIfAborted();
  const applied = await migrate(url);
  launch.say(
    'database',
    applied.length > 0 ? `applied ${applied.length} migrations, up to ${applied.at(-1)}` : 'its schema is up to date',
  );
  return url;
}

async function reachDatabase(url: string): Promise<string> {
  try {
    const client = await openClient(url, 'windlass start');
    await client.end();
    return url;
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    throw new StartFailure(
      `The database of DATABASE_URL does not answer (${message || code}): start it or mend the address, ` +
        'or unset DATABASE_URL to use the embedded one.',
      { cause: error },
    );
  }
}

async function startEmbeddedDatabase(data: string, launch: Launch): Promise<string> {
  const begun = Date.now();
  if (!fs.existsSync(path.join(data, 'pg'))) launch.say('database', 'making a new PostgreSQL cluster');
  const database = await startEmbedded({
    folder: data,
    // The rest is about its own start and end, as is a refusal of whoever asks too early or too late.
    log: (line) =>
      /FATAL|PANIC|ERROR/.test(line) &&
      !/system is (starting up|shutting down)/.test(line) &&
      launch.say('database', line),
  });
  launch.onStop(database.stop);
  void database.exited.then((how) => launch.end({ code: 1, sentence: `${how}. Start again: it recovers by itself.` }));
  if (database.tookOver) launch.say('database', 'stopped the PostgreSQL that a killed start had left');
  launch.say('database', `PostgreSQL answers on port ${database.port}, ${database.how} (${Date.now() - begun} ms)`);

  // Read by packages/db/prisma.config.ts, so that the Prisma command line finds the running database, and by whoever
  // looks in by hand.
  const addressFile = path.join(data, 'database-url');
  fs.writeFileSync(addressFile, database.url, { mode: 0o600 });
  launch.onStop(async () => fs.rmSync(addressFile, { force: true }));
  return database.localUrl;
}
