import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { CatalogueClient, correctCharColumns } from './catalogue-client.mjs';
import { splitSchema } from './database-url.mjs';

/**
 * adapter-pg on one connection, with what the engine needs and it does not do.
 * @param {string} url
 * @param {() => Promise<void>} [afterClose]
 */
export async function openAdapter(url, afterClose) {
  const { connectionString, schema } = splitSchema(url);
  const pool = new pg.Pool({ connectionString, Client: CatalogueClient, max: 1 });
  const adapter = await new PrismaPg(pool, schema ? { schema } : undefined).connect();
  correctCharColumns(adapter);
  // adapter-pg's own splits the script at every `;`, which breaks function bodies and strings: it is sent whole.
  adapter.executeScript = async (script) => {
    try {
      await pool.query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  // The engine closes some of its connections and we the rest: twice must do no harm.
  let closed;
  adapter.dispose = () => (closed ??= pool.end().then(() => afterClose?.()));
  return adapter;
}
