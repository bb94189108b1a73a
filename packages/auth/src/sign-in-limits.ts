import { createHash } from 'node:crypto';
import type { Database } from '@windlass/db/open-database';
import { createLimit, type Limit, type LimitKey, type LocalLimit } from './limits.ts';

/** Who tries, as far as it can be told. */
export type Trying = {
  account: string;
  /** Undefined where everybody comes from the same one: behind a proxy nobody told us of. */
  address: string | undefined;
  /** A browser this person has signed in with before. */
  browser: string | undefined;
};

export type SignInLimits = {
  /**
   * Counts a try before anything is asked of anybody, in this process: whoever is past a limit is told so here. Answers
   * the seconds to wait, else undefined.
   */
  countHere(trying: Trying): Promise<number | undefined>;
  /** The same for all processes, before the password is looked at. */
  count(trying: Trying): Promise<number | undefined>;
  /** The password was right: what led to it is forgotten. */
  forget(trying: Trying): Promise<void>;
  /** There was no room to look at the password: the person's own tries are given back, the address's are not. */
  giveBackHere(trying: Trying): Promise<void>;
};

const SECONDS = 300;

/**
 * Of tries in five minutes: 5 a known browser, and nothing else counts for it. Of strangers: 100 an address, 5 an
 * address and account, 30 an account from wherever. What is full is not counted further, so that a blocked address
 * writes no row.
 */
export function createSignInLimits(database: Database): SignInLimits {
  const known = createLimit(database, { name: 'sign-in-known', points: 5, seconds: SECONDS });
  const from = createLimit(database, { name: 'sign-in-from', points: 100, seconds: SECONDS });
  const pair = createLimit(database, { name: 'sign-in', points: 5, seconds: SECONDS });
  const to = createLimit(database, { name: 'sign-in-to', points: 30, seconds: SECONDS });

  const pairKey = ({ account, address }: Trying) =>
    address && createHash('sha256').update(`${address} ${account}`).digest('base64url');
  const knownKey = ({ account, browser }: Trying) =>
    browser && createHash('sha256').update(`${browser} ${account}`).digest('base64url');
  const countersOf = (trying: Trying): [Limit, LimitKey][] =>
    trying.browser
      ? [[known, knownKey(trying)]]
      : [
          [from, trying.address],
          [pair, pairKey(trying)],
          [to, trying.account],
        ];
  const firstFull = async (counters: readonly [LocalLimit, LimitKey][]) => {
    for (const [limit, key] of counters) {
      const wait = await limit.hit(key);
      if (wait !== undefined) return wait;
    }
    return undefined;
  };
  return {
    countHere: (trying) => firstFull(countersOf(trying).map(([limit, key]) => [limit.here, key])),
    count: (trying) => firstFull(countersOf(trying).map(([limit, key]) => [limit.everywhere, key])),
    async forget(trying) {
      if (trying.browser) return known.clear(knownKey(trying));
      await Promise.all([from.giveBack(trying.address), pair.clear(pairKey(trying)), to.giveBack(trying.account)]);
    },
    async giveBackHere(trying) {
      if (trying.browser) return known.here.giveBack(knownKey(trying));
      await Promise.all([pair.here.giveBack(pairKey(trying)), to.here.giveBack(trying.account)]);
    },
  };
}
