import type { Sql } from '@windlass/db/sql';
import { iso } from './sql-text.ts';
import type { TimelineEvent } from './timeline-contract.ts';

/** More than that no subject has that did not go wrong for days: the newest are shown. */
const MOST = 500;

/** The news of one subject as a JSON array, oldest first: a column for a statement that reads the subject. */
export const timelineOf = (subject: string): string =>
  `(select coalesce(json_agg(json_build_object('seq', e.seq, 'type', e.type, 'at', ${iso('e.at')}, 'data', e.data) order by e.seq), '[]')
  from (select * from event where subject = ${subject} order by seq desc limit ${MOST}) e)`;

const READ = `select ${timelineOf('$1')} as timeline`;

/** The same in a statement of its own. Whether the reader may see the subject is the caller's to ask. */
export const readTimeline = async (sql: Sql, subject: string): Promise<TimelineEvent[]> =>
  (await sql.row<{ timeline: TimelineEvent[] }>('read-timeline', READ, [subject]))!.timeline;
