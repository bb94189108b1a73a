import type pg from 'pg';
import type { Sql, Tx } from './sql.ts';
import { CountedClient, CountedPool } from './statement-count.ts';
import { surviveBrokenClients } from './survive-broken-clients.ts';
import { createWakeSender, type WakeSender } from './wake.ts';

export type DatabaseOptions = {
  url: string;
  /** Connections this process may hold. The sum over all processes must fit the server's max_connections. */
  poolSize: number;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /** Hears of broken idle connections and lost wakes: a restarted database must not end this process. */
  report: (error: Error) => void;
  /** How long a connection is waited for, in ms; by default 2 s. */
  connectMs?: number;
  /** Called with every finished statement: its name and milliseconds. */
  onStatement?: (name: string, ms: number) => void;
};

export type TransactionOptions = {
  /**
   * How long one of its statements, or its wait for a lock, may take, in place of the pool's limits, which are for
   * clicks.
   */
  statementMs?: number;
};

export type Database = {
  sql: Sql;
  pool: pg.Pool;
  wakes: WakeSender;
  /**
   * Runs `work` in one transaction: commits what it returns, rolls back what it throws. No network call belongs in it.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  close(): Promise<void>;
};

const CONNECT_MS = 2_000;
const STATEMENT_MS = 5_000;
/** A second beyond the server's own limit: whoever is silent for this long is not slow, but out of reach. */
const silentAfter = (statementMs: number) => statementMs + 1_000;

/** For this transaction alone. */
const LIMITS = `select set_config('statement_timeout', $1, true), set_config('lock_timeout', $1, true),
  set_config('idle_in_transaction_session_timeout', $1, true)`;

/**
 * Opens the pool that all statements share. Waits at most 2 s for a connection, 5 s for a statement, and 6 s for
 * any word from a database that a firewall or a lost route has cut off in silence; such a connection is thrown away.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new CountedPool({
    connectionString: options.url,
    max: options.poolSize,
    application_name: options.applicationName,
    connectionTimeoutMillis: options.connectMs ?? CONNECT_MS,
    idleTimeoutMillis: 60_000,
    statement_timeout: STATEMENT_MS,
    query_timeout: silentAfter(STATEMENT_MS),
    lock_timeout: 2000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    Client: CountedClient,
  });
  pool.on('error', options.report);
  surviveBrokenClients(pool);
  const wakes = createWakeSender(pool, options.report);

  const runner =
    (target: pg.Pool | pg.PoolClient, silentMs?: number) =>
    async <Row extends object>(name: string, text: string, values: readonly unknown[] = []) => {
      const started = performance.now();
      try {
        const { rows } = await target.query<Row & pg.QueryResultRow>({
          name,
          text,
          values: values as unknown[],
          ...(silentMs && { query_timeout: silentMs }),
        });
        return rows as Row[];
      } finally {
        options.onStatement?.(name, performance.now() - started);
      }
    };
  const rows = runner(pool);

  return {
    pool,
    wakes,
    sql: { rows, row: async (name, text, values) => (await rows(name, text, values))[0] as never, wake: wakes.send },
    transaction: (work, options) => runTransaction({ pool, runner, wakes }, work, options),
    async close() {
      await wakes.idle();
      await pool.end();
    },
  };
}

type Parts = { pool: pg.Pool; runner: (target: pg.PoolClient, silentMs?: number) => Sql['rows']; wakes: WakeSender };

async function runTransaction<T>(
  { pool, runner, wakes }: Parts,
  work: (tx: Tx) => Promise<T>,
  { statementMs }: TransactionOptions = {},
): Promise<T> {
  const client = await pool.connect();
  const due = new Set<string>();
  const rows = runner(client, statementMs && silentAfter(statementMs));
  const tx: Tx = {
    inTransaction: true,
    rows,
    row: async (name, text, values) => (await rows(name, text, values))[0] as never,
    wake: (channel) => void due.add(channel),
  };
  let broken: Error | undefined;
  // Between two statements nobody else listens: without this a connection that ends there would end the process.
  const onBroken = (error: Error) => {
    broken = error;
  };
  client.on('error', onBroken);
  try {
    await client.query('begin');
    if (statementMs) await rows('transaction-limits', LIMITS, [String(statementMs)]);
    const result = await work(tx);
    await client.query('commit');
    for (const channel of due) wakes.send(channel);
    return result;
  } catch (error) {
    // A rollback on a silent connection would wait as long once more.
    if (isSilence(error)) broken = error;
    else await client.query('rollback').catch((rollbackError: Error) => (broken = rollbackError));
    throw error;
  } finally {
    client.off('error', onBroken);
    client.release(broken); // a connection that could not even roll back is thrown away
  }
}

/** The driver gives this error no code. */
const isSilence = (error: unknown): error is Error => error instanceof Error && error.message === 'Query read timeout';
