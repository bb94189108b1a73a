import type { Sql } from '@windlass/db/sql';

/** How long news is kept that is of use while it is new: of jobs and their progress, of sessions that ended. */
const DAYS = 14;
const BATCH = 5000;

const PRUNE = `delete from event where seq in (
    select seq from event where topic = $1 and at < now() - make_interval(days => ${DAYS}) limit ${BATCH})`;

/** Deletes old news of a topic, a batch at a time. Business news (orders, deliveries) stays with its subject. */
export const pruneEvents = async (sql: Sql, topic: string): Promise<void> =>
  void (await sql.rows('prune-events', PRUNE, [topic]));
