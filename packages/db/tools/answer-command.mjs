import { createDatabase, databaseOf, dropDatabase, runStatement, withDatabase } from './database-url.mjs';
import { writeLog } from './write-log.mjs';

/**
 * Prisma's own codes for what PostgreSQL or the network answer; its command line chooses its words by them.
 * @type {Record<string, string>}
 */
const PRISMA_CODES = {
  '3D000': 'P1003',
  '28P01': 'P1000',
  28000: 'P1010',
  '42P04': 'P1009',
  ECONNREFUSED: 'P1001',
  ENOTFOUND: 'P1001',
};

/**
 * The commands `schema-engine cli <command>`. A database is made and dropped from the database `postgres`.
 * @type {Record<string, (url: string) => Promise<string>>}
 */
const COMMANDS = {
  'can-connect-to-database': async (url) => {
    await runStatement(url, 'select 1');
    return 'Connection successful';
  },
  'create-database': async (url) => {
    const name = databaseOf(url);
    await createDatabase(withDatabase(url, 'postgres'), name);
    return `Database '${name}' was successfully created.`;
  },
  'drop-database': async (url) => {
    const name = databaseOf(url);
    await dropDatabase(withDatabase(url, 'postgres'), name);
    return `Database '${name}' was successfully dropped.`;
  },
};

/**
 * @param {string} name
 * @param {string} url
 * @returns {Promise<0 | 1>} the exit code
 */
export async function answerCommand(name, url) {
  // Prisma skips the first line of stderr unread; without this one it would miss the error.
  writeLog('INFO', 'Starting schema engine CLI');
  try {
    const run = COMMANDS[name];
    if (!run) throw new Error(`schema-engine does not know the command ${name}`);
    console.log(await run(url));
    return 0;
  } catch (error) {
    const { code, message } = /** @type {Error & { code?: string }} */ (error);
    writeLog('ERROR', message, { is_panic: false, error_code: PRISMA_CODES[code ?? ''] ?? 'P1001' });
    return 1;
  }
}
