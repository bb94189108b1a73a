import pg from 'pg';

/**
 * Prisma's addresses may carry `?schema=`, which is a setting of the adapter and not of the connection.
 * @param {string} url
 */
export function splitSchema(url) {
  const address = new URL(url);
  const schema = address.searchParams.get('schema') ?? undefined;
  address.searchParams.delete('schema');
  return { connectionString: address.toString(), schema };
}

/**
 * @param {string} url
 * @returns {string} the database an address names
 */
export function databaseOf(url) {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

/**
 * The same server and role, another database.
 * @param {string} url
 * @param {string} database
 */
export function withDatabase(url, database) {
  const address = new URL(url);
  address.pathname = `/${encodeURIComponent(database)}`;
  return address.toString();
}

/**
 * Runs one statement on a connection of its own.
 * @param {string} url
 * @param {string} statement
 */
export async function runStatement(url, statement) {
  const client = new pg.Client({ connectionString: splitSchema(url).connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * @param {string} url
 * @param {string} name
 */
export async function createDatabase(url, name) {
  await runStatement(url, `create database ${pg.escapeIdentifier(name)}`);
}

/**
 * @param {string} url
 * @param {string} name
 */
export async function dropDatabase(url, name) {
  await runStatement(url, `drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
}
