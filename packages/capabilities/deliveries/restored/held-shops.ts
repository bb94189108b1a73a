import type { Sql } from '@windlass/db/sql';
import type { WakeListener } from '@windlass/db/wake';
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
 * in.
 */
const IS_NEWS = `select 1 as yes from delivery where id = $1 and order_id is null and created_at > $2`;

/** Let go by a person; until then nothing needs to look. In ms. */
const LOOK_AGAIN_MS = 3_600_000;
/** How often a lost wake is made up for. In ms. */
const REFRESH_MS = 30_000;

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
  const load = async () => {
    held = new Map(
      (await sql.rows<{ shopId: string; since: Date }>('held-shops', HELD)).map(({ shopId, since }) => [shopId, since]),
    );
  };
  const reload = () => void load().catch(report);
  await load();
  const unsubscribe = wakes.on(HOLD_WAKE, reload);
  const timer = setInterval(reload, REFRESH_MS);
  return {
    async admit({ shopId, deliveryId }) {
      const since = held.get(shopId);
      if (!since || (await sql.row('is-message-news', IS_NEWS, [deliveryId, since]))) return;
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
    },
  };
}
