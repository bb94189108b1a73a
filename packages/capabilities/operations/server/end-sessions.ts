import { endSessions } from '@windlass/auth/people';
import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { sessionsEnded } from '../events.ts';

/** Ends somebody's sessions, and tells the live streams, which ask at once whether they may go on. */
export async function endSessionsOf(tx: Tx, person: { id: string; shopId: string }): Promise<void> {
  await endSessions(tx, person.id);
  await recordSessionsEnded(tx, person);
}

/** The topic is no screen's: apps/server/src/live-route.ts listens. */
export const recordSessionsEnded = (tx: Tx, { id, shopId }: { id: string; shopId: string }): Promise<void> =>
  recordEvents(tx, [sessionsEnded({ shopId, subject: id })]);
