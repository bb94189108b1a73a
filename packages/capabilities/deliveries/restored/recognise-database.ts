import type { Database } from '@windlass/db/open-database';
import type { Tx } from '@windlass/db/sql';
import { holdAllShops } from './hold-messages.ts';

/** `unknown`: this PostgreSQL does not say who it is; then only `--restored` helps. */
export type Recognised = 'known' | 'first' | 'restored' | 'unknown';

const ONE_AT_A_TIME = `select pg_advisory_xact_lock(hashtextextended('known database', 0))`;
/** The file of the log names the timeline of this moment; the control file has that of the last checkpoint. */
const PRESENT = `select (select system_identifier::text from pg_control_system()) as system,
  substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) as timeline,
  (select oid::text from pg_database where datname = current_database()) as database`;
const KNOWN = `select system, timeline, database from known_database`;
const REMEMBER = `insert into known_database (system, timeline, database) values ($1, $2, $3)
  on conflict (only_one) do update set system = excluded.system, timeline = excluded.timeline, database = excluded.database`;

type Identity = { system: string; timeline: string; database: string };

/**
 * Each program asks this before it does anything. A backup that was restored elsewhere (another cluster or database) or
 * to an earlier moment (another timeline) does not know what was sent since: sending what it believes to be waiting
 * would send it twice. All messages are held until an admin of each shop releases them. A copy of the whole data folder
 * looks like the original: for that there is `--restored`.
 */
export async function recogniseDatabase(database: Database): Promise<Recognised> {
  const present = await readIdentity(database);
  if (!present) return 'unknown';
  return database.transaction(async (tx) => {
    await tx.rows('lock-known-database', ONE_AT_A_TIME);
    const known = await tx.row<Identity>('read-known-database', KNOWN);
    if (known && isSame(known, present)) return 'known';
    await remember(tx, present);
    if (!known) return 'first';
    await holdAllShops(tx);
    return 'restored';
  });
}

const isSame = (one: Identity, other: Identity): boolean =>
  one.system === other.system && one.timeline === other.timeline && one.database === other.database;

const remember = (tx: Tx, { system, timeline, database }: Identity): Promise<unknown> =>
  tx.rows('remember-database', REMEMBER, [system, timeline, database]);

/** Refused by some hosted PostgreSQL. */
async function readIdentity({ sql }: Database): Promise<Identity | undefined> {
  try {
    return await sql.row<Identity>('read-database-identity', PRESENT);
  } catch (error) {
    if (['42501', '0A000', '42883'].includes((error as { code?: string }).code ?? '')) return undefined;
    throw error;
  }
}
