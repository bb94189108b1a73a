import pg from 'pg';

/**
 * One open connection; the caller ends it. Throws pg's error where the server does not answer within 5 s. A client that
 * never connected is not ended: with pg 8.23 `end()` after a refused connection does not settle.
 */
export async function openClient(url: string, applicationName: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
  });
  // Without a listener a server that stops would end this process. The next query on the connection throws the same
  // error.
  client.on('error', () => {});
  await client.connect();
  return client;
}
