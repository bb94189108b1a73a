import type { Sql } from '@windlass/db/sql';
import type { WakeListener } from '@windlass/db/wake';
import { startHeldJobs } from '@windlass/queue/control/start-job-now';
import { RetryLater } from '@windlass/queue/jobs/errors';
import { HOLD_WAKE, MESSAGES_HELD } from './hold-messages.ts';

/** Which shops' messages wait for an admin's word, as this worker knows it. */
export type HeldShops = {
  /** Throws a RetryLater that costs no try where this message waits. No statement where its shop is not held. */
  admit(message: { shopId: string; deliveryId: string }): Promise<void>;
  close(): void;
};

const HELD = `select shop_id as "shopId", since from message_hold where released_at is null`;
/**
 * A mail about an account that somebody asked for since then is no repetition, and may be what the admin needs to get
 * in. And the word that a shop was released may come to this worker after the first of its jobs.
 */
const MAY_GO = `select 1 as yes from delivery d where d.id = $1 and (d.order_id is null and d.created_at > $2
  or not exists (select 1 from message_hold h where h.shop_id = d.shop_id and h.released_at is null))`;

/** Let go by a person; until then nothing needs to look. In ms. */
const LOOK_AGAIN_MS = 3_600_000;
/** How often a lost wake is made up for. In ms. */
const REFRESH_MS = 30_000;
/** Whoever was told to wait in the moment of the release has written that down by then. In ms. */
const LATE_MS = 3_000;

export async function watchHeldShops({
  sql,
  wakes,
  report,
}: {
  sql: Sql;
  wakes: WakeListener;
  report: (error: Error) => void;
}): Promise<HeldShops> {
  let held = new Map<string, Date>();
  let late: NodeJS.Timeout | undefined;
  const load = async () => {
    const before = held;
    held = new Map(
      (await sql.rows<{ shopId: string; since: Date }>('held-shops', HELD)).map(({ shopId, since }) => [shopId, since]),
    );
    const released = [...before.keys()].filter((shopId) => !held.has(shopId));
    if (released.length > 0) late = setTimeout(() => void startLate(released).catch(report), LATE_MS);
  };
  const startLate = async (shopIds: readonly string[]) => {
    for (const shopId of shopIds) await startHeldJobs(sql, { shopId, queue: 'mail', code: MESSAGES_HELD });
  };
  const reload = () => void load().catch(report);
  await load();
  const unsubscribe = wakes.on(HOLD_WAKE, reload);
  const timer = setInterval(reload, REFRESH_MS);
  return {
    async admit({ shopId, deliveryId }) {
      const since = held.get(shopId);
      if (!since || (await sql.row('may-held-message-go', MAY_GO, [deliveryId, since]))) return;
      throw new RetryLater(
        {
          code: MESSAGES_HELD,
          message: `held since ${since.toISOString()}`,
          sentence: 'This house runs on a restored backup, so its messages wait until an admin lets them go.',
          hint: 'No try is spent. See which were sent after the backup, then release the others at the top of any screen.',
        },
        { afterMs: LOOK_AGAIN_MS, uncounted: true },
      );
    },
    close() {
      unsubscribe();
      clearInterval(timer);
      clearTimeout(late);
    },
  };
}
